package org.referralgateway.standalone;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.referralgateway.api.ReferralApi;
import org.referralgateway.embedded.SecretFile;
import org.referralgateway.standalone.Running.Part;
import org.referralgateway.trail.NoteSigner;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the Spring application in this JVM. */
final class Service {
    static final String AUDIT_KEY = "audit-key.pem";
    static final String KEYRING = "keyring/keyring";
    static final String KEYRING_KEY = "keyring/keyring.key";
    static final String CHECKPOINTS = "audit-checkpoints";

    private Service() {}

    static void start(Options options, ReferralDatabase database, String kafka, Path data, Running running) {
        var settings = new LinkedHashMap<>(ports(options.port()));
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", ReferralDatabase.APP);
        settings.put("spring.datasource.password", database.password(ReferralDatabase.APP));
        settings.put("spring.flyway.user", ReferralDatabase.OWNER);
        settings.put("spring.flyway.password", database.password(ReferralDatabase.OWNER));
        settings.put("spring.kafka.bootstrap-servers", kafka);
        settings.put(
                "referral.audit.key-file",
                SecretFile.keep(data.resolve(AUDIT_KEY), NoteSigner::newKey).toString());
        settings.put("referral.vault.keyring", data.resolve(KEYRING).toString());
        settings.put("referral.vault.key-file", data.resolve(KEYRING_KEY).toString());
        settings.put("referral.audit.folder", data.resolve(CHECKPOINTS).toString());
        run(settings, ofItsOwn(data), options, running);
    }

    /**
     * Everything as the environment says; only ports may come from the command line.
     *
     * @return the port of the web and that of health and metrics, in words
     */
    static String startExternal(Options options, Running running) {
        Map<String, String> ports =
                options.givenPort().isPresent() ? ports(options.givenPort().getAsInt()) : Map.of();
        var service = run(ports, Map.of(), options, running);
        return "port " + service.getEnvironment().getProperty("local.server.port") + ", health and metrics on "
                + service.getEnvironment().getProperty("local.management.port");
    }

    private static Map<String, String> ports(int web) {
        return Map.of("server.port", String.valueOf(web), "management.server.port", String.valueOf(web + 1));
    }

    /** What whoever starts a gateway to look at it need not say; the environment may say otherwise. */
    private static Map<String, Object> ofItsOwn(Path data) {
        return Map.of(
                "referral.identity.mode", "local",
                "referral.identity.keys",
                        data.resolve("identity/signing-keys.json").toString(),
                "referral.people.open-first", "true",
                // The terminal is for the person; everything else goes to the file.
                "logging.file.name", data.resolve(Gateway.LOG).toString(),
                "logging.threshold.console", "warn",
                "logging.level.kafka", "warn",
                // It warns of becoming the leader, which the only one always does.
                "logging.level.org.apache.kafka.controller", "error",
                // It warns of closing twice whenever the broker stops.
                "logging.level.org.apache.kafka.clients.NetworkClient", "error",
                "logging.level.state.change.logger", "warn");
    }

    private static ConfigurableApplicationContext run(
            Map<String, String> ours, Map<String, Object> defaults, Options options, Running running) {
        var application = new SpringApplication(ReferralApi.class);
        application.setBannerMode(Banner.Mode.OFF);
        // Its hook would run at the same time as ours, which has an order to keep.
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(defaults);
        application.addInitializers(context -> requireDatabase(context.getEnvironment()));
        try {
            return running.start(Part.SERVICE, () -> application.run(arguments(ours, options)));
        } catch (CannotStart e) {
            throw e;
        } catch (Exception e) {
            // Spring has reported it already; the last line should be the one to read first.
            throw new CannotStart("The service did not start: " + cause(e));
        }
    }

    /** Each setting once, the user's before ours: of one that is there twice Spring would join the values. */
    private static String[] arguments(Map<String, String> ours, Options options) {
        var settings = new LinkedHashMap<>(ours);
        settings.put("logging.register-shutdown-hook", "false");
        settings.putAll(options.forSpring());
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private static void requireDatabase(Environment environment) {
        if (environment.getProperty("spring.datasource.url", "").isBlank()) {
            throw new CannotStart(
                    "No database is named. Set SPRING_DATASOURCE_URL and what belongs to it, as in README.md"
                            + " under \"Your own PostgreSQL and Kafka\"; or leave --external out.");
        }
    }

    /** The innermost, but of a database's what its driver says: that names the address and the role. */
    private static String cause(Throwable problem) {
        Throwable telling = problem;
        for (Throwable next = problem; next != null; next = next.getCause()) {
            if (next instanceof SQLException || !(telling instanceof SQLException)) {
                telling = next;
            }
        }
        return String.valueOf(telling.getMessage());
    }
}
