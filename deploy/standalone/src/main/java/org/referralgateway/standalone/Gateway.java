package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.referralgateway.api.validation.ValidationWarmUp;
import org.referralgateway.embedded.DataFolder;
import org.referralgateway.embedded.EmbeddedKafka;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.referralgateway.standalone.Running.Part;

/**
 * The service with its own PostgreSQL and Kafka, up and running.
 *
 * @param web where the service answers, without a slash at the end
 */
record Gateway(
        String web,
        String management,
        ReferralDatabase database,
        String kafka,
        Secrets passwords,
        Path log,
        AccessTokens demoSender) {
    static final String LOG = "referral-gateway.log";
    static final String PASSWORDS = "database-passwords.properties";

    static Gateway start(Options options, Running running, Progress progress) throws Exception {
        int port = options.port();
        Ports.requireFree(port, "the service");
        Ports.requireFree(port + 1, "health and metrics");
        Path data = running.start(Part.DATA_FOLDER, () -> DataFolder.claim(options.data()))
                .path();
        progress.step("keeping the data in " + data);

        // The service can do without the broker for a while, so it is told the address and need not wait for it.
        Path brokerData = data.resolve("kafka");
        int brokerPort = EmbeddedKafka.portIn(brokerData);
        String kafka = "127.0.0.1:" + brokerPort;
        Path log = data.resolve(LOG);
        try (var both = Executors.newFixedThreadPool(2)) {
            Future<?> kafkaStarting = both.submit(() -> startKafka(brokerData, brokerPort, running, progress));
            Future<ReferralDatabase> databaseStarting = both.submit(() -> startDatabase(data, running, progress));
            ReferralDatabase database = get(databaseStarting);
            if (kafkaStarting.isDone()) {
                get(kafkaStarting); // One that has failed by now spares us the rest.
            }
            Service.start(options, database, kafka, data, running);
            progress.step("the service is up");
            get(kafkaStarting);
            if (!"false".equals(options.forSpring().get("referral.validation.enabled"))) {
                ValidationWarmUp.await();
                progress.step("validation is warm");
            }
            String web = "http://127.0.0.1:" + port;
            SenderDesk.note(data, web);
            return new Gateway(
                    web,
                    "http://127.0.0.1:" + (port + 1),
                    database,
                    kafka,
                    passwords(data),
                    log,
                    new AccessTokens(
                            web,
                            SenderDesk.DEMO,
                            SenderDesk.demoSender(data, SenderDesk.DEMO, "deploy/run"),
                            AccessTokens.EVERYTHING));
        }
    }

    private static EmbeddedKafka startKafka(Path data, int port, Running running, Progress progress) throws Exception {
        var kafka = running.start(Part.KAFKA, () -> EmbeddedKafka.start(data, port));
        progress.step("Kafka is up on " + kafka.bootstrapServers());
        return kafka;
    }

    private static ReferralDatabase startDatabase(Path data, Running running, Progress progress) throws Exception {
        var postgres = running.start(Part.POSTGRES, () -> EmbeddedPostgres.start(data.resolve("postgresql"), 0));
        var database = ReferralDatabase.in(postgres, passwords(data));
        progress.step("PostgreSQL is up on 127.0.0.1:" + postgres.port());
        return database;
    }

    private static Secrets passwords(Path data) {
        return new Secrets(data.resolve(PASSWORDS));
    }

    private static <T> T get(Future<T> starting) throws Exception {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
