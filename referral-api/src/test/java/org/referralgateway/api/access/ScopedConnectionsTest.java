package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.access.RowScope.Work;
import org.springframework.security.core.context.SecurityContextHolder;

/** One connection to the server, handed from one to the next: each is told whose it is, and only when that changes. */
class ScopedConnectionsTest {

    private final Counter changes = new SimpleMeterRegistry().counter("changes");
    private final HikariDataSource pool = new HikariDataSource(ofOne());
    private final ScopedConnections connections = new ScopedConnections(pool, changes);

    private static HikariConfig ofOne() {
        var environment = TestGateway.shared().context().getEnvironment();
        var config = new HikariConfig();
        config.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
        config.setUsername(environment.getRequiredProperty("spring.datasource.username"));
        config.setPassword(environment.getRequiredProperty("spring.datasource.password"));
        config.setMaximumPoolSize(1);
        return config;
    }

    @AfterEach
    void close() {
        SecurityContextHolder.clearContext();
        pool.close();
    }

    private String told() throws SQLException {
        try (var connection = connections.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select current_setting('referral.scope') || ':' || replace(current_setting('referral.tenant'), e'\\n', ',')
                        """)) {
            row.next();
            return row.getString(1);
        }
    }

    private void calls(Caller caller) {
        SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(caller));
    }

    private static Caller person(Reach reach) {
        return new PersonCaller("Kim Vale", java.util.Set.of(Role.COORDINATOR), reach);
    }

    @Test
    void theCallerOfARequestIsTold() throws SQLException {
        assertThat(told()).as("nobody").isEqualTo(":");
        calls(new SenderCaller("north", "north", Scopes.NONE, false));
        assertThat(told()).isEqualTo(":north");
        calls(person(Reach.only("south", "north")));
        assertThat(told()).as("with the house's own rows").isEqualTo(":,north,south");
        calls(person(Reach.everybody()));
        assertThat(told()).isEqualTo("clinic:");
        SecurityContextHolder.clearContext();
        assertThat(told()).as("nobody again").isEqualTo(":");
    }

    @Test
    void aPieceOfWorkComesBeforeTheCaller() throws SQLException {
        calls(new SenderCaller("north", "north", Scopes.NONE, false));

        assertThat(Work.RELAY.<String, SQLException>call(this::told)).isEqualTo("relay:");
        assertThat(told()).isEqualTo(":north");
    }

    @Test
    void theSameAgainCostsNothing() throws SQLException {
        for (var sender : List.of("north", "north", "north", "south", "south", "north")) {
            assertThat(RowScope.of(sender).<String, SQLException>call(this::told))
                    .isEqualTo(":" + sender);
        }
        assertThat(changes.count()).isEqualTo(3);
    }

    @Test
    void whatIsRolledBackDoesNotTakeTheScopeWithIt() throws SQLException {
        RowScope.of("north").<SQLException>run(() -> {
            try (var connection = connections.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("select 1");
                connection.rollback();
            }
        });
        assertThat(RowScope.of("north").<String, SQLException>call(this::told)).isEqualTo(":north");
        assertThat(changes.count()).isEqualTo(1);
    }

    @Test
    void aNewConnectionToTheServerIsToldAfresh() throws SQLException {
        assertThat(RowScope.of("north").<String, SQLException>call(this::told)).isEqualTo(":north");
        pool.getHikariPoolMXBean().softEvictConnections();
        assertThat(RowScope.of("north").<String, SQLException>call(this::told)).isEqualTo(":north");
        assertThat(changes.count()).isEqualTo(2);
    }
}
