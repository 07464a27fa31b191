package org.referralgateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    @Test
    void promisesDurability() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(ask(postgres, "show " + setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void keepsItsDataAndItsPortOverARestart() throws SQLException {
        int port;
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            port = postgres.port();
            tell(postgres, "create table kept as select 'here' as word");
        }
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("here");
            assertThat(postgres.port()).isEqualTo(port);
        }
    }

    @Test
    void keepsWhatWasCommittedBeforeItWasKilled() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            tell(postgres, "create table kept as select 'here' as word");
            postgres.kill();
        }
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void stopsTheServerThatAKilledRunLeftBehind() throws Exception {
        try (var run = ChildRun.of(StartAndWait.class, folder)) {
            run.awaitReady();
            run.kill();
        }
        assertThat(new Postmaster(folder.toRealPath().resolve("cluster")).isRunning())
                .isTrue();

        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void startsThoughAnotherProcessHasTheNumberOfAServerThatIsGone() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            postgres.kill();
        }
        Path numberFile = folder.resolve("cluster/postmaster.pid");
        String left = Files.readString(numberFile);
        Files.writeString(
                numberFile,
                left.replaceFirst("\\d+", String.valueOf(ProcessHandle.current().pid())));

        EmbeddedPostgres.start(folder, 0).close();
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsThePasswordWhereOnlyItsOwnerReadsIt() throws IOException {
        EmbeddedPostgres.start(folder, 0).close();

        var permissions = Files.getPosixFilePermissions(folder.resolve("superuser-password"));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }

    @Test
    void writesNoDataOfAFailedStatementToItsLog() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            tell(postgres, "create table person (name text primary key)");
            tell(postgres, "insert into person values ('Secret')");
            assertThatThrownBy(() -> tell(postgres, "insert into person values ('Secret')"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(folder.resolve("postgresql.log"))
                .content()
                .contains("duplicate key")
                .doesNotContain("Secret");
    }

    @Test
    void saysWhyItDidNotStart() throws IOException {
        EmbeddedPostgres.start(folder, 0).close();
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, 0))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("database files are incompatible with server");
    }

    static final class StartAndWait {
        public static void main(String[] folder) throws Exception {
            tell(EmbeddedPostgres.start(Path.of(folder[0]), 0), "create table kept as select 'here' as word");
            ChildRun.readyAndWait();
        }
    }

    private static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void tell(EmbeddedPostgres postgres, String command) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.superuserPassword());
    }
}
