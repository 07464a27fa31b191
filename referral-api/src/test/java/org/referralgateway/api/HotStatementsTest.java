package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * With ten thousand referrals there, whatever senders ask all day is answered by way of indexes, through both walls: the
 * policies take none of them away.
 */
class HotStatementsTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    /** What grows with every referral. The trail is read as a whole when sealing begins, so it is left out. */
    private static final List<String> TABLES = List.of(
            "submission",
            "submission_key",
            "resource",
            "resource_identifier",
            "referral",
            "referral_person",
            "referral_use",
            "referral_version",
            "parked_submission",
            "parked_wait",
            "task",
            "task_history",
            "outbox");

    private static final String TEN_THOUSAND = """
            set session_replication_role = replica;
            set search_path = referral;
            create temporary table filled as
            select 'plan-' || n % 20 as sender, n, gen_random_uuid() as submission, gen_random_uuid() as referral,
                   gen_random_uuid() as task, now() - n * interval '1 minute' as at
            from generate_series(1, 10000) as n;
            insert into submission (sender, submission, received_at, dialect, content_type, body, sha256)
            select sender, submission, at, 'bare-service-request', 'application/fhir+json', '{}', sha256('{}') from filled;
            insert into submission_key (sender, kind, key, submission, referral)
            select sender, kind, kind || n, submission, referral from filled, unnest(array['placer', 'request', 'put']) as kind;
            insert into resource (sender, type, id, version, updated_at, submission, entry, body_offset, body_length)
            select sender, type, case type when 'Patient' then 'p' || n else referral::text end, 1, at, submission, 0, 0, 2
            from filled, unnest(array['ServiceRequest', 'Patient']) as type;
            insert into resource_identifier (sender, type, system, value, id)
            select sender, 'ServiceRequest', 'https://practice.example/orders', 'value-' || n, referral::text from filled;
            insert into referral (sender, referral, version, received_at, updated_at, submission, coordination_task,
                                  request_status, priority, patient, patient_name, missing, content, event_sequence)
            select sender, referral, 1, at, at, submission, task, 'active', 'routine', 'Patient/p' || n, 'N', '{}', '{}', 1
            from filled;
            insert into referral_person (sender, referral, key)
            select sender, referral, kind || n / 2 from filled, unnest(array['number:', 'name:', 'phone:']) as kind;
            insert into referral_use (sender, referral, key) select sender, referral, 'Patient/p' || n from filled;
            insert into referral_version (sender, referral, version, at, submission, kind, content)
            select sender, referral, 1, at, submission, 'received', '{}' from filled;
            insert into parked_submission (sender, parked, task, dialect, state, content_type, body, sha256, parked_at, expires_at)
            select sender, submission, task, 'bare-service-request', 'expired', 'application/fhir+json', '', sha256(n::text::bytea),
                   at, at
            from filled;
            insert into parked_wait (sender, parked, key) select sender, submission, 'Patient/q' || n from filled;
            insert into task (sender, task, referral, code, status, owner_role, priority, because, version, opened_at, updated_at)
            select sender, case code when 'coordination' then task else gen_random_uuid() end, referral, code, 'completed',
                   'coordinator', 'routine', code, 1, at, at
            from filled, unnest(array['coordination', 'triage', 'completeness-check']) as code;
            insert into task_history (sender, task, version, status, actor, at)
            select sender, task, 1, 'requested', 'system:assessment', at from filled;
            insert into outbox (sender, event, referral, sequence, topic, type, headers, data, shard, created_at, sent_at)
            select sender, gen_random_uuid(), referral, 1, 'referral.events.v1', 'referral.received.v1', '{}', '{}', 0, at, at
            from filled;
            analyze;
            """;

    @Test
    void nothingThatASenderAsksReadsATableFromEndToEnd() throws SQLException {
        var url = TestServers.instance().anotherDatabase("referral_hot");
        try (var first = start(url)) {
            assertThat(first.get("/readyz").status()).as("migrated").isEqualTo(200);
        }
        try (var admin = TestServers.instance().superuser(url);
                var statement = admin.createStatement()) {
            statement.execute(TEN_THOUSAND);
        }
        await().atMost(AT_MOST).until(() -> isAlone(url));
        try (var admin = TestServers.instance().superuser(url);
                var statement = admin.createStatement()) {
            statement.execute("select pg_stat_reset()");
        }
        try (var started = start(url)) {
            var sender = new Sender(started);
            for (int i = 0; i < 8; i++) {
                sender.doesWhatSendersDo();
            }
        }
        // What a connection has done is counted for sure when it is over.
        await().atMost(AT_MOST).until(() -> isAlone(url));

        // Versions of a referral and the history of a task are only added to, as far as senders go.
        assertThat(read(url, "idx_scan")).as("found by indexes").hasSizeGreaterThanOrEqualTo(TABLES.size() - 2);
        assertThat(read(url, "seq_tup_read")).as("read from end to end").isEmpty();
    }

    private static TestGateway start(String url) {
        return TestGateway.start(
                "--spring.datasource.url=" + url,
                "--referral.identity.demo-sender=plan-3",
                // What was put there plain would else be locked meanwhile.
                "--referral.vault.enabled=false",
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false");
    }

    private record Sender(TestGateway gateway) {

        private TestGateway.Answer asked(String path) {
            var answer = gateway.get(path, "Authorization", "Bearer " + gateway.token("plan-3"));
            assertThat(answer.status()).as(path).isEqualTo(200);
            return answer;
        }

        private String[] sender() {
            return new String[] {"Authorization", "Bearer " + gateway.token("plan-3")};
        }

        void doesWhatSendersDo() {
            var number = Referrals.newNumber();
            var sent = gateway.post("/ServiceRequest", Referrals.aReferral(number), sender());
            assertThat(sent.status()).isEqualTo(201);
            assertThat(gateway.post("/ServiceRequest", Referrals.aReferral(number), sender())
                            .status())
                    .isEqualTo(200);
            var id = sent.referral();
            asked("/fhir/ServiceRequest/" + id);
            asked("/fhir/ServiceRequest/" + id + "/$receipt");
            asked("/fhir/ServiceRequest?identifier=" + number);
            asked("/fhir/ServiceRequest?status=active&_count=0");
            asked("/fhir/ServiceRequest?_lastUpdated=gt2026-01-01&_count=0");
            asked("/fhir/Task?focus=ServiceRequest/" + id);
            asked("/fhir/Task?_count=5");
            var read = asked("/fhir/ServiceRequest/" + id).body();
            assertThat(gateway.put("/ServiceRequest/" + id, read.replace("\"urgent\"", "\"routine\""), sender())
                            .status())
                    .isEqualTo(200);
            var patient = "q-" + number;
            assertThat(gateway.post("/ServiceRequest", waitingFor(patient, number), sender())
                            .status())
                    .isEqualTo(202);
            var put =
                    "{\"resourceType\": \"Patient\", \"id\": \"%s\", \"birthDate\": \"1971-04-02\", \"name\": [{\"family\": \"%s\"}]}";
            assertThat(gateway.put("/Patient/" + patient, put.formatted(patient, "Nutt"), sender())
                            .status())
                    .isEqualTo(201);
            await().atMost(AT_MOST)
                    .until(() -> asked("/fhir/ServiceRequest?identifier=w-" + number)
                                    .json()
                                    .path("total")
                                    .asInt()
                            == 1);
            assertThat(gateway.put("/Patient/" + patient, put.formatted(patient, "Wood"), sender())
                            .status())
                    .isEqualTo(200);
        }

        private static String waitingFor(String patient, String number) {
            return """
                    {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                     "identifier": [{"system": "https://practice.example/orders", "value": "w-%s"}],
                     "code": {"text": "Referral to pain clinic"},
                     "subject": {"reference": "Patient/%s"},
                     "reasonCode": [{"text": "Phantom limb pain"}]}""".formatted(number, patient);
        }
    }

    private static boolean isAlone(String url) throws SQLException {
        TestServers.instance().forget(url);
        try (var admin = TestServers.instance().superuser(url);
                var statement = admin.createStatement();
                var row = statement.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                        """)) {
            row.next();
            return row.getInt(1) == 0;
        }
    }

    /** What was counted, where it was more than nothing. */
    private static Map<String, Long> read(String url, String counter) throws SQLException {
        var counted = new TreeMap<String, Long>();
        try (var admin = TestServers.instance().superuser(url);
                var select = admin.prepareStatement("select relname, " + counter
                        + " from pg_stat_user_tables where relname = any(?) and " + counter + " > 0")) {
            select.setArray(1, admin.createArrayOf("text", TABLES.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    counted.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return counted;
    }
}
