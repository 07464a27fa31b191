package org.referralgateway.api.access;

import io.micrometer.core.instrument.Counter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.referralgateway.api.access.RowScope.Tenants;
import org.referralgateway.api.access.RowScope.Work;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells each connection whose rows it is for, when it is taken out of the pool. It remembers what it has told, so that the
 * same again costs nothing; another scope costs a round trip. Nobody has to take anything back: a connection is told
 * afresh, or known to be right, before it is handed out.
 */
final class ScopedConnections extends DelegatingDataSource {

    private static final String TELL =
            "select set_config('referral.scope', ?, false), set_config('referral.tenant', ?, false)";

    /** What each connection to the server was told last; one that is not in here is told whatever it is. */
    private final Map<PGConnection, Settings> told = Collections.synchronizedMap(new WeakHashMap<>());

    private final Counter changes;

    ScopedConnections(DataSource pool, Counter changes) {
        super(pool);
        this.changes = changes;
    }

    private record Settings(String scope, String tenant) {
        static Settings of(RowScope scope) {
            return switch (scope) {
                case Work work -> new Settings(work.name().toLowerCase(Locale.ROOT), "");
                case Tenants(var senders) -> new Settings("", String.join("\n", senders));
            };
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        var wanted = Settings.of(CurrentScope.get());
        var connection = super.getConnection();
        try {
            var server = connection.unwrap(PGConnection.class);
            if (!wanted.equals(told.get(server))) {
                told.remove(server);
                tell(connection, wanted);
                told.put(server, wanted);
                changes.increment();
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** In a transaction of its own, which the pool's auto-commit sees to; rolled back, it would be forgotten. */
    private static void tell(Connection connection, Settings settings) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("Connections have to come out of the pool with auto-commit.");
        }
        try (var statement = connection.prepareStatement(TELL)) {
            statement.setString(1, settings.scope());
            statement.setString(2, settings.tenant());
            statement.execute();
        }
    }
}
