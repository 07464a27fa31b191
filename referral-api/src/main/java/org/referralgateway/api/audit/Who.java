package org.referralgateway.api.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param id of the sender, the person or the part of the service; never a patient's
 * @param client the program through which it was done, where it has an identity of its own
 * @param organisation on whose behalf
 * @param purpose code of the purpose of use, such as {@code TREAT}
 */
public record Who(
        Kind kind,
        String id,
        @Nullable String client,
        @Nullable String organisation,
        @Nullable String purpose) {

    /** What kind of actor it is. */
    public enum Kind {
        SENDER,
        PERSON,
        SYSTEM,
        /** Somebody who has not shown who they are; without an id. */
        ANONYMOUS;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Who sender(String sender) {
        return new Who(Kind.SENDER, sender, null, null, null);
    }

    public static Who person(String name) {
        return new Who(Kind.PERSON, name, null, null, null);
    }

    public static Who system(String part) {
        return new Who(Kind.SYSTEM, part, null, null, null);
    }

    /** Out of {@code sender:<sender>}, {@code person:<name>}, {@code system:<part>} or {@code anonymous}. */
    public static Who of(String actor) {
        if (actor.equals(Kind.ANONYMOUS.word())) {
            return new Who(Kind.ANONYMOUS, "", null, null, null);
        }
        for (var kind : Kind.values()) {
            if (actor.startsWith(kind.word() + ":")) {
                return new Who(kind, actor.substring(kind.word().length() + 1), null, null, null);
            }
        }
        throw new IllegalArgumentException("An actor is anonymous, or begins with sender:, person: or system:.");
    }

    /** As the trail writes it. */
    public String actor() {
        return kind == Kind.ANONYMOUS ? kind.word() : kind.word() + ":" + id;
    }
}
