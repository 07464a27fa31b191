package org.referralgateway.api.access;

import java.util.Set;

/** Whose referrals a person works on: those of every sender, or of some. */
public sealed interface Reach {

    record Everybody() implements Reach {}

    record Only(Set<String> senders) implements Reach {
        public Only {
            senders = Set.copyOf(senders);
        }
    }

    static Reach everybody() {
        return new Everybody();
    }

    static Reach only(String... senders) {
        return new Only(Set.of(senders));
    }
}
