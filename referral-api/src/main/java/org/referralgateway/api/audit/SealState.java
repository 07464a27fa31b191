package org.referralgateway.api.audit;

/** Whether the trail is being sealed, and why not where it is not. */
sealed interface SealState {

    /** For people: on the log page, in the health answer and in the log. */
    String words();

    default boolean isWell() {
        return false;
    }

    /** This instance does not seal because it is not meant to, or has not begun yet. */
    record NotHere() implements SealState {
        @Override
        public String words() {
            return "This instance does not seal the trail.";
        }
    }

    record NoKey() implements SealState {
        @Override
        public String words() {
            return "The trail is not sealed: there is no key (referral.audit.key-file).";
        }
    }

    /**
     * @param place that has not been asked yet what it has
     */
    record Waiting(String place) implements SealState {
        @Override
        public String words() {
            return "The trail is not sealed yet: the newest checkpoint in the " + place
                    + " must be compared first, and it does not answer.";
        }
    }

    record Sealing() implements SealState {
        @Override
        public String words() {
            return "The trail is being sealed.";
        }

        @Override
        public boolean isWell() {
            return true;
        }
    }

    /** The database is older than what was published. */
    record RolledBack(String place, long published, long size) implements SealState {
        @Override
        public String words() {
            return "The trail was cut: a checkpoint in the " + place + " has " + published
                    + " rows, the database " + size + ". Nothing is sealed until a person decides; see"
                    + " deploy/docs/operations.md, Restore.";
        }
    }

    /** The database says something else than what was published or signed. */
    record Forked(String place, long published) implements SealState {
        @Override
        public String words() {
            return "The trail was altered: its first " + published + " rows are not those of the checkpoint in the "
                    + place + ". Nothing is sealed until a person decides; see deploy/docs/operations.md, Restore.";
        }
    }
}
