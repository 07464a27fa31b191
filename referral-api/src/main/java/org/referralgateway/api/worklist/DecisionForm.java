package org.referralgateway.api.worklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A form that somebody fills in to decline a referral or to ask for information.
 *
 * @param kind {@code decline} or {@code ask}
 * @param version of the task when the form was opened
 * @param problems what is wrong with it, for the reader
 */
record DecisionForm(
        String kind,
        UUID task,
        int version,
        @Nullable String reason,
        List<String> items,
        String note,
        List<Problem> problems) {

    static final int LONGEST_NOTE = 1000;

    /**
     * @param field id of the field to correct
     */
    record Problem(String field, String text) {}

    static DecisionForm empty(String kind, UUID task, int version, List<String> items) {
        return new DecisionForm(kind, task, version, null, items, "", List.of());
    }

    static DecisionForm decline(UUID task, int version, @Nullable String reason, @Nullable String note) {
        return new DecisionForm("decline", task, version, reason, List.of(), text(note), List.of());
    }

    static DecisionForm ask(UUID task, int version, @Nullable List<String> items, @Nullable String note) {
        return new DecisionForm(
                "ask", task, version, null, items == null ? List.of() : List.copyOf(items), text(note), List.of());
    }

    /** The same with its problems found. */
    DecisionForm checked(Set<String> knownReasons, Set<String> knownItems) {
        var found = new ArrayList<Problem>();
        if (kind.equals("decline") && (reason == null || !knownReasons.contains(reason))) {
            found.add(new Problem("reason", "Choose why the referral is declined."));
        }
        if (kind.equals("ask") && (items.isEmpty() || !knownItems.containsAll(items))) {
            found.add(new Problem("items", "Choose at least one thing to ask for."));
        }
        if (note.length() > LONGEST_NOTE) {
            found.add(new Problem(
                    "note", "Shorten the note to " + LONGEST_NOTE + " characters; it has " + note.length() + "."));
        }
        return new DecisionForm(kind, task, version, reason, items, note, List.copyOf(found));
    }

    /** The decision of a form without problems. */
    Decision decision() {
        var written = note.isEmpty() ? null : note;
        if (kind.equals("ask")) {
            return new Decision.Ask(items, written);
        }
        if (reason == null) {
            throw new IllegalStateException("A form without a reason has a problem and is no decision.");
        }
        return new Decision.Decline(reason, written);
    }

    public @Nullable String problemOf(String field) {
        for (var problem : problems) {
            if (problem.field().equals(field)) {
                return problem.text();
            }
        }
        return null;
    }

    /** PostgreSQL keeps no NUL. */
    private static String text(@Nullable String note) {
        return note == null
                ? ""
                : note.replace("\u0000", "").replace("\r\n", "\n").strip();
    }
}
