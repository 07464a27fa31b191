package org.referralgateway.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;

/** The gateway's database in the embedded server, with its three roles: who owns it, who works in it, who audits it. */
final class ReferralDatabase {
    static final String NAME = "referral";
    static final String OWNER = "referral_owner";
    static final String APP = "referral_app";
    static final String AUDITOR = "referral_auditor";

    private final EmbeddedPostgres postgres;
    private final Secrets passwords;

    private ReferralDatabase(EmbeddedPostgres postgres, Secrets passwords) {
        this.postgres = postgres;
        this.passwords = passwords;
    }

    /** Makes what is missing; what a former run made stays. */
    static ReferralDatabase in(EmbeddedPostgres postgres, Secrets passwords) throws SQLException, IOException {
        var database = new ReferralDatabase(postgres, passwords);
        database.createIfMissing();
        database.createRoles();
        return database;
    }

    String jdbcUrl() {
        return postgres.jdbcUrl(NAME);
    }

    String password(String role) {
        return passwords.named(role);
    }

    private void createIfMissing() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
            if (!found.next()) {
                statement.execute("create database " + NAME);
            }
        }
    }

    private void createRoles() throws SQLException, IOException {
        try (var connection = connect(NAME);
                var statement = connection.createStatement()) {
            statement.execute(rolesScript());
            // These passwords are 192 random bits, which need no stretching; it would cost each connection thousands of
            // hashes.
            statement.execute("set scram_iterations = 1");
            for (String role : List.of(OWNER, APP, AUDITOR)) {
                statement.execute("alter role " + role + " login password '" + password(role) + "'");
            }
            statement.execute("alter database " + NAME + " owner to " + OWNER);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.superuser(), postgres.superuserPassword());
    }

    /** The same script that an operator runs against a server of her own. */
    private static String rolesScript() throws IOException {
        try (InputStream script = ReferralDatabase.class.getResourceAsStream("/db/roles.sql")) {
            if (script == null) {
                throw new IOException("db/roles.sql of the service is not on the class path.");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
