package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.api.platform.RefusedToStart;

/** The service rather does not start than runs open, forgetful or on rules that it does not understand. */
class StartTest {

    @Test
    void refusesWithoutAnIdentityConfiguration() {
        assertThatThrownBy(() -> TestGateway.start("--referral.identity.mode=").close())
                .rootCause()
                .hasMessageContaining("No identity configuration");
    }

    @Test
    void refusesADatabaseThatForgetsWhatItConfirmed() {
        var url = TestServers.instance().jdbcUrl()
                + (TestServers.instance().jdbcUrl().contains("?") ? "&" : "?");
        assertThatThrownBy(() -> TestGateway.start(
                                "--spring.datasource.url=" + url + "options=-c%20synchronous_commit=off")
                        .close())
                .rootCause()
                .hasMessageContaining("synchronous_commit");
    }

    @Test
    void refusesARoleThatRowLevelSecurityDoesNotHold() throws SQLException {
        TestGateway.shared();
        try (var admin = TestServers.instance().superuser();
                var statement = admin.createStatement()) {
            statement.execute("create role passes_by login bypassrls password 'passes' in role referral_app");
            statement.execute("alter role passes_by set search_path = referral");
        }
        assertThatThrownBy(() -> startAs("referral_owner", TestServers.OWNER_PASSWORD))
                .rootCause()
                .hasMessageContaining("referral_owner, which owns tables");
        assertThatThrownBy(() -> startAs("passes_by", "passes"))
                .rootCause()
                .hasMessageContaining("passes_by, which is a superuser or bypasses");
        try (var warned = start("referral_owner", TestServers.OWNER_PASSWORD, "true")) {
            assertThat(warned.get("/readyz").status()).isEqualTo(200);
        }
    }

    private static void startAs(String role, String password) {
        start(role, password, "false").close();
    }

    private static TestGateway start(String role, String password, String allowed) {
        return TestGateway.start(
                "--spring.datasource.username=" + role,
                "--spring.datasource.password=" + password,
                "--referral.database.allow-privileged-role=" + allowed,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false");
    }

    @Test
    void namesEveryMistakeOfThePathwayFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("pathway.yaml");
        Files.writeString(file, """
                version: mine
                time-zone: Mars/Olympus
                rules:
                  - name: a
                    on: referral-received
                    when: sometimes
                    opens: Triage
                    owner: janitor
                    due: soon
                """);
        assertThatThrownBy(() -> TestGateway.start("--referral.assessment.pathway=file:" + file)
                        .close())
                .rootCause()
                .hasMessageContaining("pathway.yaml, line 2, column 12")
                .hasMessageContaining("line 6, column 11: when must be one of")
                .hasMessageContaining("line 7")
                .hasMessageContaining("line 8")
                .hasMessageContaining("line 9");
    }

    @Test
    void namesEveryMistakeOfTheClinicalTablesWithoutAStackTrace(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("condition_groups.csv"), "group,kind,verified\ncrps,rumour,by nobody\n");
        assertThatThrownBy(() -> TestGateway.start("--referral.clinical.tables=" + folder)
                        .close())
                .rootCause()
                .isInstanceOf(RefusedToStart.class)
                .hasMessageContaining("condition_groups.csv, line 2, column kind");
    }

    @Test
    void countsQuarantinedRecordsFromZeroSoThatAnAlarmSeesTheFirst() {
        try (var fresh = TestGateway.start("--referral.assessment.enabled=false")) {
            assertThat(fresh.bean(MeterRegistry.class)
                            .find("referral.assessment.quarantined")
                            .counter())
                    .isNotNull()
                    .satisfies(counter -> assertThat(counter.count()).isZero());
        }
    }

    @Test
    void theServicesRoleCannotChangeTheTrailAndTheAuditorSeesNoPayload() throws Exception {
        TestGateway.shared();
        var db = TestGateway.shared().db();
        assertThatThrownBy(
                        () -> db.sql("update audit_event set actor = 'nobody'").update())
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> db.sql("delete from audit_event").update())
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> db.sql("create table referral.mine (x int)").update())
                .hasStackTraceContaining("permission denied");
        try (var auditor = DriverManager.getConnection(
                        TestServers.instance().jdbcUrl(), "referral_auditor", TestServers.AUDITOR_PASSWORD);
                var statement = auditor.createStatement()) {
            assertThat(statement
                            .executeQuery("select count(*) from audit_event")
                            .next())
                    .isTrue();
            assertThat(statement.executeQuery("select count(*) from event_log").next())
                    .isTrue();
            assertThatThrownBy(() -> statement.executeQuery("select body from submission"))
                    .hasMessageContaining("permission denied");
        }
    }
}
