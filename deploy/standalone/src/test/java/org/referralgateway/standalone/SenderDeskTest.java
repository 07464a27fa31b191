package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

class SenderDeskTest {
    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static ReferralDatabase database;
    private static JdbcClient db;

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

    private long before;

    @BeforeEach
    void nobodyIsRegistered() {
        db.sql("truncate sender_client").update();
        // What is on the trail stays there.
        before = db.sql("select coalesce(max(position), 0) from audit_event")
                .query(Long.class)
                .single();
    }

    @Test
    void registersASenderAndPrintsWhatItsEngineerNeeds() throws IOException {
        SenderDesk.note(data, "http://127.0.0.1:18080");

        var printed = run("add", "hill", "--organisation", "Hill Practice", "--generate-key");

        assertThat(printed)
                .contains("Hill Practice is registered as sender hill")
                .contains("http://127.0.0.1:18080/oauth2/token")
                .contains("http://127.0.0.1:18080/fhir/.well-known/smart-configuration")
                .contains("$preview");
        assertThat(one("select jwks::text from sender_client where client = 'hill'"))
                .contains("\"P-384\"")
                .doesNotContain("\"d\"");
        assertThat(one("select actor || ' ' || action || ' ' || sender from audit_event where position > " + before))
                .isEqualTo("person:robin sender.registered hill");
    }

    @Test
    void keepsAGeneratedKeyForItsOwnerOnly() throws IOException {
        run("add", "kept", "--generate-key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(SenderKey.fileOf(data, "kept"))))
                .isEqualTo("rw-------");
    }

    @Test
    void takesPublicKeysOnlyHoweverTheyAreSent(@TempDir Path folder) throws IOException {
        var file = folder.resolve("keys.json");
        SenderKey.madeIn(file); // with its private half, as somebody in a hurry sends it

        run("add", "hurry", "--jwks", file.toString());

        assertThat(one("select jwks::text from sender_client")).doesNotContain("\"d\"");
    }

    @Test
    void refusesAKeyThatIsTooWeak(@TempDir Path folder) throws IOException {
        var file = folder.resolve("keys.json");
        Files.writeString(file, "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"1\", \"k\": \"c2VjcmV0\"}]}");

        assertThatThrownBy(() -> run("add", "weak", "--jwks", file.toString()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("P-384");
    }

    @Test
    void doesNotHandAClientToAnotherSender() throws IOException {
        run("add", "hill", "--generate-key");

        assertThatThrownBy(() -> run("add", "valley", "--client", "hill", "--generate-key"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("belongs to another sender");
    }

    @Test
    void closesAndOpensTheDoor() throws IOException {
        run("add", "hill", "--generate-key");

        run("revoke", "hill");
        assertThat(run("list")).contains("revoked");
        run("restore", "hill");
        assertThat(run("list")).contains("active");
        assertThatThrownBy(() -> run("revoke", "nobody")).isInstanceOf(CannotStart.class);
        assertThat(db.sql("select action from audit_event where position > :before order by position")
                        .param("before", before)
                        .query(String.class)
                        .list())
                .containsExactly("sender.registered", "sender.revoked", "sender.restored");
    }

    @Test
    void makesADemoSenderOnce() throws IOException {
        var first = SenderDesk.demoSender(data, "demo", "robin");
        var second = SenderDesk.demoSender(data, "demo", "robin");

        assertThat(second).isEqualTo(first);
        assertThat(one("select count(*)::text from sender_client")).isEqualTo("1");
    }

    @Test
    void doesNotReplaceAKeyThatIsElsewhere() throws IOException {
        SenderDesk.demoSender(data, "elsewhere", "robin");
        Files.delete(SenderKey.fileOf(data, "elsewhere"));

        assertThatThrownBy(() -> SenderDesk.demoSender(data, "elsewhere", "robin"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--key");
        assertThat(SenderKey.fileOf(data, "elsewhere")).doesNotExist();
    }

    private static String run(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--data", data.toString()));
        return SenderDesk.run(SenderOptions.parse(all), Map.of(), "robin");
    }

    private static String one(String sql) {
        return db.sql(sql).query(String.class).single();
    }

    /** With everything in sight, where row-level security is not what a test is about. */
    private static DataSource as(String role) {
        return new DriverManagerDataSource(
                database.jdbcUrl() + "?options=-c%20referral.scope=clinic", role, database.password(role));
    }
}
