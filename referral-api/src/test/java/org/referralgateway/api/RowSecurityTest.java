package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.api.access.RowScope;
import org.referralgateway.api.access.RowScope.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The second wall: a statement that forgets the tenant gets nothing of another one's, whatever table it is about. */
class RowSecurityTest {

    private static final TestGateway GATEWAY = TestGateway.shared();

    private static final String MINE = "wall-mine";
    private static final String OTHER = "wall-other";
    private static final String NORTH = "wall-north";
    private static final String SOUTH = "wall-south";

    /** Tables without a column for the tenant. A new one belongs here only if it holds nothing that a tenant sent. */
    private static final Set<String> OF_NO_TENANT = Set.of(
            "flyway_schema_history",
            "account",
            "person_session",
            "pending_login",
            "used_assertion",
            "inbox",
            "vault",
            "erasure_request",
            "audit_leaf",
            "audit_node",
            "audit_checkpoint",
            "audit_publication",
            "audit_cosignature");

    /** Its tenant is in a header, which {@link #aParkedRecordIsSeenByItsTenantOnly} is about. */
    private static final String PARKED_RECORD = "parked_record";

    static Stream<String> tables() {
        return GATEWAY.db().sql("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'sender'
                        where c.relnamespace = 'referral'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
                        order by c.relname
                        """).query(String.class).list().stream();
    }

    @Test
    void everyTableIsBehindTheWallOrHoldsNoTenantsRows() {
        var walled = GATEWAY.db().sql("""
                        select relname from pg_class
                        where relnamespace = 'referral'::regnamespace and relkind in ('r', 'p')
                          and relrowsecurity and relforcerowsecurity
                        """).query(String.class).list();
        var all = GATEWAY.db().sql("""
                        select relname from pg_class where relnamespace = 'referral'::regnamespace and relkind in ('r', 'p')
                        """).query(String.class).list();

        assertThat(walled).containsAll(tables().toList()).contains(PARKED_RECORD);
        var others = new TreeSet<>(all);
        others.removeAll(walled);
        assertThat(others).as("tables without row-level security").isEqualTo(new TreeSet<>(OF_NO_TENANT));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aStatementWithoutThePredicateGetsNoForeignRow(String table) throws SQLException {
        try (var wall = new Wall(table, MINE, OTHER)) {
            wall.scope("clinic", "");
            assertThat(wall.senders()).as("what is there").contains(MINE, OTHER);
            wall.scope("", "");
            assertThat(wall.senders()).as("nobody's").isEmpty();
            wall.scope("", OTHER + "s");
            assertThat(wall.senders()).as("a name that begins alike").isEmpty();
            wall.scope("", MINE);
            assertThat(wall.senders()).containsOnly(MINE);
            if (wall.may("UPDATE")) {
                assertThat(wall.update("update " + table + " set sender = sender"))
                        .isEqualTo(1);
            }
            if (wall.may("DELETE")) {
                assertThat(wall.update("delete from " + table)).isEqualTo(1);
            }
            assertThatThrownBy(() -> wall.insert(OTHER)).hasMessageContaining("row-level security");
        }
    }

    @Test
    void aPieceOfWorkSeesOnlyTheTablesThatItIsAbout() throws SQLException {
        var seen = new HashMap<String, Set<String>>();
        for (var table : tables().toList()) {
            try (var wall = new Wall(table, MINE, OTHER)) {
                for (var scope : List.of(
                        "clinic", "assessment", "erasure", "relay", "parking", "trail", "registry", "operator", "x")) {
                    wall.scope(scope, "");
                    if (!wall.senders().isEmpty()) {
                        seen.computeIfAbsent(scope, each -> new TreeSet<>()).add(table);
                    }
                }
            }
        }

        var all = Set.copyOf(tables().toList());
        assertThat(seen)
                .isEqualTo(Map.of(
                        "clinic", all,
                        "assessment", all,
                        "erasure", all,
                        "relay", Set.of("outbox"),
                        "parking", Set.of("parked_submission", "parked_wait"),
                        "trail", Set.of("audit_event"),
                        "registry", Set.of("sender_client"),
                        "operator", Set.of("outbox", "sender_client")));
    }

    @Test
    void aParkedRecordIsSeenByItsTenantOnly() throws SQLException {
        try (var wall = new Wall(PARKED_RECORD)) {
            wall.superuser("""
                    insert into parked_record (topic, partition, "offset", headers, state, reason, parked_at)
                    values ('wall', 0, 0, '{"ce_sender": "wall-mine"}', 'quarantined', 'test', now()),
                           ('wall', 0, 1, '{"ce_sender": "wall-other"}', 'quarantined', 'test', now()),
                           ('wall', 0, 2, '{}', 'quarantined', 'test', now())
                    """);
            var offsets = "select \"offset\"::text from parked_record where topic = 'wall' order by 1";
            wall.scope("", MINE);
            assertThat(wall.texts(offsets)).containsExactly("0");
            wall.scope("", "");
            assertThat(wall.texts(offsets)).isEmpty();
            wall.scope("clinic", "");
            assertThat(wall.texts(offsets)).containsExactly("0", "1", "2");
        }
    }

    @Test
    void sendersWhoShareConnectionsNeverSeeEachOthersRows() throws Exception {
        var db = GATEWAY.bean(JdbcClient.class);
        for (var sender : List.of(NORTH, SOUTH)) {
            var answer = GATEWAY.post(
                    "/ServiceRequest",
                    Referrals.aReferral(Referrals.newNumber()),
                    "Authorization",
                    "Bearer " + GATEWAY.token(sender));
            assertThat(answer.status()).isEqualTo(201);
        }
        Callable<List<String>> forgetful = () -> db.sql("select distinct sender from referral")
                .query(String.class)
                .list();

        assertThat(forgetful.call()).as("without a scope").isEmpty();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new HashMap<Future<List<String>>, String>();
            for (int i = 0; i < 400; i++) {
                var sender = i % 2 == 0 ? NORTH : SOUTH;
                asked.put(threads.submit(() -> RowScope.of(sender).call(forgetful::call)), sender);
            }
            for (var one : asked.entrySet()) {
                assertThat(one.getKey().get()).containsExactly(one.getValue());
            }
        }
        assertThat(Work.CLINIC.call(forgetful::call)).contains(NORTH, SOUTH);
    }

    @Test
    void aTransactionKeepsTheScopeThatItBeganWith() {
        var transaction = GATEWAY.bean(TransactionTemplate.class);

        RowScope.of(MINE)
                .run(() -> transaction.executeWithoutResult(status -> {
                    RowScope.of(MINE).run(() -> {});
                    assertThatThrownBy(() -> Work.CLINIC.run(() -> {})).isInstanceOf(IllegalStateException.class);
                }));
    }

    @Test
    void theTrailCanOnlyBeAddedToByTheServicesRole() throws SQLException {
        var trail = GATEWAY.db().sql("""
                        select relname from pg_class where relnamespace = 'referral'::regnamespace and relkind in ('r', 'p')
                          and relname like 'audit\\_%'
                        """).query(String.class).list();
        var granted = new ArrayList<String>();
        for (var table : trail) {
            GATEWAY.db()
                    .sql("""
                            select privilege from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER',
                                                               'REFERENCES']) as privilege
                            where has_table_privilege('referral_app', 'referral.' || :table, privilege)
                               or (privilege = 'UPDATE' and has_any_column_privilege('referral_app', 'referral.' || :table, 'UPDATE'))
                            """)
                    .param("table", table)
                    .query(String.class)
                    .list()
                    .forEach(privilege -> granted.add(table + " " + privilege));
        }

        assertThat(trail).hasSizeGreaterThanOrEqualTo(7);
        assertThat(granted).allMatch(grant -> grant.endsWith(" SELECT") || grant.endsWith(" INSERT"));
        for (var statement : List.of(
                "update audit_event set actor = 'x'",
                "delete from audit_event",
                "truncate audit_event",
                "alter table audit_event disable trigger rows_stay",
                "alter table audit_event no force row level security",
                "drop policy tenant on audit_event",
                "set role referral_owner",
                "set session authorization referral_owner")) {
            try (var connection = TestServers.instance()
                            .allInSight(TestServers.instance().jdbcUrl())
                            .getConnection();
                    var asTheService = connection.createStatement()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> asTheService.execute(statement))
                        .as(statement)
                        .isInstanceOf(SQLException.class);
                connection.rollback();
            }
        }
    }
}
