package org.referralgateway.standalone;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of a gateway that runs: on this computer, or the one that the environment names. */
final class Databases {
    private Databases() {}

    static DataSource embedded(Path data) {
        int port = EmbeddedPostgres.portOfRunning(data.resolve("postgresql"))
                .orElseThrow(() -> new CannotStart("No gateway runs on the data folder " + data.toAbsolutePath()
                        + ". Start it there, or name another with --data."));
        return new AsOperator(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + ReferralDatabase.NAME,
                ReferralDatabase.APP,
                new Secrets(data.resolve(Gateway.PASSWORDS)).named(ReferralDatabase.APP)));
    }

    static DataSource external(Map<String, String> environment) {
        return new AsOperator(new DriverManagerDataSource(
                required("SPRING_DATASOURCE_URL", environment),
                required("SPRING_DATASOURCE_USERNAME", environment),
                required("SPRING_DATASOURCE_PASSWORD", environment)));
    }

    /** The database lets whoever runs the gateway at registrations and events of all senders, and at nothing else of theirs. */
    static final class AsOperator extends DelegatingDataSource {
        AsOperator(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("set referral.scope = 'operator'");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    private static String required(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null) {
            throw new CannotStart(name + " is not set. Set what the gateway itself is started with.");
        }
        return value;
    }
}
