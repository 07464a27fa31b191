package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.audit.StoredTrail;
import org.referralgateway.trail.NoteKey;

/**
 * Sixty-four writers at once, some of whose transactions are undone, while connections of theirs and of the sealer are cut
 * at random moments. Afterwards each row that was committed has one leaf, no leaf is missing, and the trail verifies.
 */
class SealingUnderFireTest {

    private static final int WRITERS = 64;
    private static final int EACH = 40;
    private static final Duration PACE = Duration.ofMillis(20);

    private final TestGateway gateway = TestGateway.shared();
    private final UUID referral = UUID.randomUUID();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicInteger cut = new AtomicInteger();

    @Test
    void everyCommittedRowHasOneLeafWhateverIsCutOff() throws Exception {
        var fire = Thread.ofPlatform().start(this::fire);
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.submit(() -> write(number));
            }
        } finally {
            writing.set(false);
            fire.join();
        }
        assertThat(cut.get()).isPositive();
        assertThat(confirmed).hasSizeGreaterThan(WRITERS);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(count("""
                select count(*) from audit_event a where a.referral = :referral
                and not exists (select from audit_leaf l where l.position = a.position)
                """)).isZero());
        assertThat(numbers()).doesNotHaveDuplicates().containsAll(confirmed);
        try (var auditor = DriverManager.getConnection(
                TestServers.instance().jdbcUrl(), "referral_auditor", TestServers.AUDITOR_PASSWORD)) {
            var key = NoteKey.of(gateway.get("/audit/key").body());
            var report = StoredTrail.verify(
                    auditor, key, List.of(gateway.get("/audit/checkpoint").body()));
            assertThat(report.findings()).isEmpty();
            assertThat(report.leaves()).isGreaterThanOrEqualTo(confirmed.size());
        }
    }

    private void write(int writer) {
        var random = new Random(writer);
        for (int i = 0; i < EACH; ) {
            try (var connection = connect("writer")) {
                connection.setAutoCommit(false);
                for (; i < EACH; i++) {
                    var number = writer + "-" + i;
                    if (confirmed.contains(number)) {
                        continue;
                    }
                    insert(connection, number + "-" + UUID.randomUUID());
                    if (random.nextInt(4) == 0) {
                        connection.rollback();
                    }
                    insert(connection, number);
                    connection.commit();
                    confirmed.add(number);
                }
            } catch (SQLException cutOff) {
                // The row may be there or not: its number is not used again, so that it can be there once only.
                i++;
            }
        }
    }

    private void insert(Connection connection, String number) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into audit_event (sender, at, actor, action, outcome, referral, detail)
                values ('demo', now(), 'system:test', 'test.fire', 'success', ?, jsonb_build_object('number', ?::text))
                """)) {
            insert.setObject(1, referral);
            insert.setString(2, number);
            insert.executeUpdate();
        }
    }

    /** Cuts a writer off, or whoever is at work on the leaves. */
    private void fire() {
        try (var connection = connect("fire");
                var shoot = connection.prepareStatement("""
                        select count(pg_terminate_backend(pid)) from (
                            (select pid from pg_stat_activity where application_name = 'writer' order by random() limit 1)
                            union
                            (select pid from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()
                             and state <> 'idle' and query like '%audit_leaf%' order by random() limit 1)
                        ) as unlucky
                        """)) {
            while (writing.get()) {
                try (var rows = shoot.executeQuery()) {
                    rows.next();
                    cut.addAndGet(rows.getInt(1));
                }
                // Somebody must get something done in between.
                java.util.concurrent.locks.LockSupport.parkNanos(PACE.toNanos());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String as) throws SQLException {
        var url = TestServers.instance().jdbcUrl("referral.scope=clinic");
        return DriverManager.getConnection(url + "&ApplicationName=" + as, "referral_app", TestServers.APP_PASSWORD);
    }

    private long count(String sql) {
        return gateway.db()
                .sql(sql)
                .param("referral", referral)
                .query(Long.class)
                .single();
    }

    private List<String> numbers() {
        return gateway.db()
                .sql("select detail ->> 'number' from audit_event where referral = :referral")
                .param("referral", referral)
                .query(String.class)
                .list();
    }
}
