package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.referralgateway.api.ReferralApi;
import org.referralgateway.standalone.Running.Part;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** Starts the Spring application in this JVM. */
final class Service {
    private Service() {}

    static void start(Options options, ReferralDatabase database, String kafka, Path log, Running running) {
        var settings = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + options.port(),
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + (options.port() + 1),
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + ReferralDatabase.APP,
                "--spring.datasource.password=" + database.password(ReferralDatabase.APP),
                "--spring.flyway.user=" + ReferralDatabase.OWNER,
                "--spring.flyway.password=" + database.password(ReferralDatabase.OWNER),
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--referral.identity.mode=demo",
                // The terminal is for the person; everything else goes to the file.
                "--logging.file.name=" + log,
                "--logging.threshold.console=warn",
                "--logging.level.kafka=warn",
                "--logging.level.org.apache.kafka=warn",
                // It warns of becoming the leader, which the only one always does.
                "--logging.level.org.apache.kafka.controller=error",
                // It warns of closing twice whenever the broker stops.
                "--logging.level.org.apache.kafka.clients.NetworkClient=error",
                "--logging.level.state.change.logger=warn"));
        settings.addAll(options.forSpring());
        run(settings, running);
    }

    /** Everything as the environment says; only the port may come from the command line. */
    static void startExternal(Options options, Running running) {
        var settings = new ArrayList<String>();
        options.givenPort().ifPresent(port -> settings.add("--server.port=" + port));
        settings.addAll(options.forSpring());
        run(settings, running);
    }

    private static void run(List<String> settings, Running running) {
        var application = new SpringApplication(ReferralApi.class);
        application.setBannerMode(Banner.Mode.OFF);
        // Its hook would run at the same time as ours, which has an order to keep.
        application.setRegisterShutdownHook(false);
        var arguments = new ArrayList<>(settings);
        arguments.add("--logging.register-shutdown-hook=false");
        try {
            running.start(Part.SERVICE, () -> application.run(arguments.toArray(String[]::new)));
        } catch (CannotStart e) {
            throw e;
        } catch (Exception e) {
            // Spring has reported it already; the last line should be the one to read first.
            throw new CannotStart("The service did not start: " + deepest(e));
        }
    }

    private static String deepest(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? String.valueOf(problem.getMessage()) : deepest(cause);
    }
}
