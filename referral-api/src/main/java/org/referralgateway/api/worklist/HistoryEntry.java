package org.referralgateway.api.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a referral.
 *
 * @param kind {@code task}, {@code event} or {@code audit}
 * @param actor as the trail names them; absent for an event
 * @param what code of a task, type of an event, or action
 * @param outcome status of the task, place of the event on its topic, or outcome of the action
 */
record HistoryEntry(
        Instant at,
        String kind,
        @Nullable String actor,
        String what,
        @Nullable String outcome,
        @Nullable String stage,
        @Nullable String reason) {

    private static final Set<String> READS =
            Set.of("referral.viewed", "referral.read", "worklist.viewed", "referral.payload-downloaded");

    static HistoryEntry of(ResultSet row, int number) throws SQLException {
        return new HistoryEntry(
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("what"),
                row.getString("outcome"),
                row.getString("stage"),
                row.getString("reason"));
    }

    /** True where somebody only looked. */
    public boolean isRead() {
        return READS.contains(what);
    }

    /** The actor without the kind of actor in front. */
    public String who() {
        return actor == null ? "" : actor.substring(actor.indexOf(':') + 1);
    }
}
