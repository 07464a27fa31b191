package org.referralgateway.api.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.trail.AuditRow;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.TrailCheck;

/**
 * Reads the whole trail out of a database, as any role that may read it, and checks it. Plain JDBC, because the offline
 * verifier uses it too.
 */
public final class StoredTrail {

    private static final int AT_ONCE = 5000;

    private static final String LEAVES = "select l.leaf, l.position as sealed, l.hash, " + AuditRows.COLUMNS
            + " from audit_leaf l left join audit_event a on a.position = l.position order by l.leaf";

    private StoredTrail() {}

    /** Hears of each leaf in order; the row is null where it is gone. */
    @FunctionalInterface
    interface Leaves {
        void leaf(long leaf, long position, byte[] hash, @Nullable AuditRow row);
    }

    /**
     * The connection is left in a read-only transaction of its own; close it.
     *
     * @param kept checkpoints to compare with
     */
    public static TrailCheck.Report verify(Connection connection, NoteKey key, List<String> kept) throws SQLException {
        begin(connection);
        return check(connection, key, kept);
    }

    /** Within the transaction that the connection is in; it should be repeatable read. */
    public static TrailCheck.Report check(Connection connection, NoteKey key, List<String> kept) throws SQLException {
        var check = new TrailCheck(key);
        checkpoints(connection, key.name()).forEach(check::checkpoint);
        kept.forEach(check::kept);
        leaves(
                connection,
                (leaf, position, hash, row) -> check.leaf(leaf, position, hash, row == null ? null : row.line()));
        for (long i = unsealed(connection); i > 0; i--) {
            check.unsealed();
        }
        return check.finish();
    }

    /** One snapshot for all that is read. */
    static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    static List<String> checkpoints(Connection connection, String origin) throws SQLException {
        try (var select =
                connection.prepareStatement("select note from audit_checkpoint where origin = ? order by number")) {
            select.setString(1, origin);
            var notes = new java.util.ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    notes.add(rows.getString(1));
                }
            }
            return notes;
        }
    }

    static void leaves(Connection connection, Leaves to) throws SQLException {
        try (var select = connection.prepareStatement(LEAVES)) {
            select.setFetchSize(AT_ONCE);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    to.leaf(rows.getLong("leaf"), rows.getLong("sealed"), rows.getBytes("hash"), row(rows));
                }
            }
        }
    }

    private static @Nullable AuditRow row(ResultSet rows) throws SQLException {
        rows.getLong("position");
        return rows.wasNull() ? null : AuditRows.of(rows, 0);
    }

    private static long unsealed(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("""
                        select count(*) from audit_event a
                        where not exists (select from audit_leaf l where l.position = a.position)
                        """);
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
