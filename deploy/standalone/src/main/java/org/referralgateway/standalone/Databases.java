package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of a gateway that runs: on this computer, or the one that the environment names. */
final class Databases {
    private Databases() {}

    static DataSource embedded(Path data) {
        int port = EmbeddedPostgres.portOfRunning(data.resolve("postgresql"))
                .orElseThrow(() -> new CannotStart("No gateway runs on the data folder " + data.toAbsolutePath()
                        + ". Start it there, or name another with --data."));
        return new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + ReferralDatabase.NAME,
                ReferralDatabase.APP,
                new Secrets(data.resolve(Gateway.PASSWORDS)).named(ReferralDatabase.APP));
    }

    static DataSource external(Map<String, String> environment) {
        return new DriverManagerDataSource(
                required("SPRING_DATASOURCE_URL", environment),
                required("SPRING_DATASOURCE_USERNAME", environment),
                required("SPRING_DATASOURCE_PASSWORD", environment));
    }

    private static String required(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null) {
            throw new CannotStart(name + " is not set. Set what the gateway itself is started with.");
        }
        return value;
    }
}
