package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code deploy/person}, on the database of a run. */
class PeopleTest {

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static JdbcClient db;

    @BeforeAll
    static void aDatabaseAsARunMakesIt() throws Exception {
        postgres = EmbeddedPostgres.start(data.resolve("postgresql"), 0);
        var database = ReferralDatabase.in(postgres, new Secrets(data.resolve(Gateway.PASSWORDS)));
        var owner = new DriverManagerDataSource(
                database.jdbcUrl() + "?options=-c%20referral.scope=clinic",
                ReferralDatabase.OWNER,
                database.password(ReferralDatabase.OWNER));
        Flyway.configure()
                .dataSource(owner)
                .schemas("referral")
                .createSchemas(false)
                .placeholders(Map.of("app", ReferralDatabase.APP, "auditor", ReferralDatabase.AUDITOR))
                .load()
                .migrate();
        db = JdbcClient.create(owner);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static String person(String... arguments) {
        return new People(Databases.embedded(data)).run(PersonOptions.parse(List.of(arguments)), "root");
    }

    private static String account(String what, String login) {
        return db.sql("select " + what + " from account where login = :login")
                .param("login", login)
                .query(String.class)
                .single();
    }

    @Test
    void opensAnAccountPrintsItsPasswordOnceAndTellsTheTrail() {
        var said = person(
                "add",
                "Maria",
                "--name",
                "Maria López",
                "--role",
                "coordinator",
                "--role",
                "clinician",
                "--sender",
                "north");

        var password = said.lines()
                .map(String::strip)
                .filter(line -> line.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"))
                .findFirst()
                .orElseThrow();
        assertThat(account("password_hash", "maria"))
                .startsWith("{argon2id}$argon2id$")
                .doesNotContain(password);
        assertThat(account("array_to_string(roles || senders, ' ')", "maria")).isEqualTo("coordinator clinician north");
        assertThat(account(
                        "must_change and usable_until between now() + interval '6 days' and now() + interval '7 days'",
                        "maria"))
                .isEqualTo("t");
        assertThat(person("list"))
                .contains("maria", "Maria López", "has a first password")
                .doesNotContain(password);
        assertThat(db.sql(
                                "select actor || ' ' || (detail ->> 'login') from audit_event where action = 'account.opened'")
                        .query(String.class)
                        .list())
                .contains("person:root maria");
    }

    @Test
    void resetsClosesAndReopens() {
        person("add", "kim", "--name", "Kim Vale", "--role", "auditor");
        var before = account("password_hash", "kim");
        assertThat(person("reset", "kim")).contains("Kim Vale");
        assertThat(account("password_hash", "kim")).isNotEqualTo(before);
        person("roles", "kim", "--role", "operator");
        assertThat(account("array_to_string(roles, ' ')", "kim")).isEqualTo("operator");
        person("close", "kim");
        assertThat(person("list")).contains("closed");
        person("reopen", "kim");
        assertThat(account("disabled_at is null", "kim")).isEqualTo("t");
    }

    @Test
    void givesNeitherALoginNorANameToTwo() {
        person("add", "sam", "--name", "Sam Hill", "--role", "auditor");
        assertThatThrownBy(() -> person("add", "SAM", "--name", "Somebody", "--role", "auditor"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> person("add", "sam2", "--name", "sam hill", "--role", "auditor"))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> person("reset", "nobody")).hasMessageContaining("nobody with this login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "add",
                "add x",
                "add x --name",
                "add x --name X --role chief",
                "add x --name X --valid-days 0",
                "remove x",
                "reset",
                "reset x y",
                "list --all"
            })
    void saysWhatIsWrongWithACommand(String command) {
        var arguments = command.isEmpty() ? List.of("--data", ".") : List.of(command.split(" "));
        assertThatThrownBy(() -> PersonOptions.parse(arguments))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Usage: person");
    }
}
