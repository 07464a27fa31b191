package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ResendTest {
    private static final UUID FIRST = UUID.fromString("01a2048a-0000-7000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("01a2048a-0000-7000-8000-000000000002");

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static ReferralDatabase database;
    private static JdbcClient db;
    private long rowsBefore; // the trail cannot be emptied

    @BeforeAll
    static void aDatabaseAsARunMakesIt() throws Exception {
        postgres = EmbeddedPostgres.start(data.resolve("postgresql"), 0);
        database = ReferralDatabase.in(postgres, new Secrets(data.resolve(Gateway.PASSWORDS)));
        Flyway.configure()
                .dataSource(as(ReferralDatabase.OWNER))
                .schemas("referral")
                .createSchemas(false)
                .placeholders(Map.of("app", ReferralDatabase.APP, "auditor", ReferralDatabase.AUDITOR))
                .load()
                .migrate();
        db = JdbcClient.create(as(ReferralDatabase.OWNER));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void fourEvents() {
        db.sql("truncate outbox").update();
        rowsBefore = db.sql("select coalesce(max(position), 0) from audit_event")
                .query(Long.class)
                .single();
        event(FIRST, 1, "north", "referral.events.v1", "2026-11-20T07:59:59Z");
        event(FIRST, 2, "north", "referral.events.v1", "2026-11-20T08:00:00Z");
        event(FIRST, 3, "north", "assessment.tasks.v1", "2026-11-20T09:00:00Z");
        event(SECOND, 1, "south", "referral.events.v1", "2026-11-20T09:00:00Z");
    }

    @Test
    void marksAllOfOneReferral() {
        assertThat(resend("--referral", FIRST.toString())).isEqualTo(3);

        assertThat(unsent()).containsExactly("north 1", "north 2", "north 3");
    }

    @Test
    void marksFromATimeOnAndBeforeAnother() {
        assertThat(resend("--since", "2026-11-20T08:00Z", "--until", "2026-11-20T09:00Z"))
                .isEqualTo(1);

        assertThat(unsent()).containsExactly("north 2");
    }

    @Test
    void marksOneTopicOnly() {
        resend("--since", "2026-11-20T08:00Z", "--topic", "referral.events.v1");

        assertThat(unsent()).containsExactly("north 2", "south 1");
    }

    @Test
    void doesNotCountWhatIsStillToBeSent() {
        resend("--since", "2026-11-20T08:00Z");

        assertThat(resend("--since", "2026-11-20T08:00Z")).isZero();
    }

    @Test
    void leavesARowInTheTrailOfEachSender() {
        resend("--since", "2026-11-20T08:00Z");

        assertThat(db.sql(
                                "select sender || ' ' || actor || ' ' || action || ' ' || detail::text from audit_event where position > "
                                        + rowsBefore + " order by 1")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "north person:robin events.resent {\"events\": 2}",
                        "south person:robin events.resent {\"events\": 1}");
    }

    @Test
    void findsTheDatabaseThatTheEnvironmentNames() {
        var options = ResendOptions.parse(List.of("--external", "--referral", SECOND.toString()));
        var environment = Map.of(
                "SPRING_DATASOURCE_URL", database.jdbcUrl(),
                "SPRING_DATASOURCE_USERNAME", ReferralDatabase.APP,
                "SPRING_DATASOURCE_PASSWORD", database.password(ReferralDatabase.APP));

        assertThat(Resend.in(options, environment).mark(options, "robin")).isEqualTo(1);
    }

    @Test
    void namesWhatTheEnvironmentLacks() {
        var options = ResendOptions.parse(List.of("--external", "--referral", SECOND.toString()));

        assertThatThrownBy(() -> Resend.in(options, Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("SPRING_DATASOURCE_URL");
    }

    @Test
    void saysThatNoGatewayRunsOnTheFolder(@TempDir Path other) {
        var options = ResendOptions.parse(List.of("--referral", FIRST.toString(), "--data", other.toString()));

        assertThatThrownBy(() -> Resend.in(options, Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(other.toString());
    }

    private static long resend(String... which) {
        var arguments = new ArrayList<>(List.of(which));
        arguments.addAll(List.of("--data", data.toString()));
        var options = ResendOptions.parse(arguments);
        return Resend.in(options, Map.of()).mark(options, "robin");
    }

    private static List<String> unsent() {
        return db.sql("select sender || ' ' || sequence from outbox where sent_at is null order by position")
                .query(String.class)
                .list();
    }

    private static void event(UUID referral, long sequence, String sender, String topic, String sentAt) {
        db.sql("""
                        insert into outbox
                            (sender, event, referral, sequence, topic, type, headers, data, shard, created_at, sent_at)
                        values (:sender, :event, :referral, :sequence, :topic, 'a-type', '{}', '', 0,
                                :sentAt::timestamptz, :sentAt::timestamptz)
                        """)
                .param("sender", sender)
                .param("event", UUID.randomUUID())
                .param("referral", referral)
                .param("sequence", sequence)
                .param("topic", topic)
                .param("sentAt", sentAt)
                .update();
    }

    /** With everything in sight, where row-level security is not what a test is about. */
    private static DataSource as(String role) {
        return new DriverManagerDataSource(
                database.jdbcUrl() + "?options=-c%20referral.scope=clinic", role, database.password(role));
    }
}
