package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
