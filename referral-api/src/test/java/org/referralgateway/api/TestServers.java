package org.referralgateway.api;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.embedded.EmbeddedKafka;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.trail.NoteSigner;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A real PostgreSQL and a real Kafka for all tests of one JVM: embedded, or in containers with
 * {@code -Dtest.infrastructure=containers}.
 */
final class TestServers {

    static final Path AUDIT_KEY = auditKey();
    static final String OWNER_PASSWORD = "owner-of-the-tests";
    static final String APP_PASSWORD = "app-of-the-tests";
    static final String AUDITOR_PASSWORD = "auditor-of-the-tests";
    private static final TestServers INSTANCE = start();

    private final Path signingKeys = temporary().resolve("signing-keys.json");
    private final Path vault = temporary();
    private final String jdbcUrl;
    private final Map<String, DataSource> allInSight = new ConcurrentHashMap<>();
    private final String bootstrapServers;
    private final @Nullable EmbeddedKafka kafka;

    private final Admin admin;

    /** Who may do everything in the database server. */
    private record Admin(String url, String user, String password) {}

    private TestServers(String jdbcUrl, String bootstrapServers, @Nullable EmbeddedKafka kafka, Admin admin) {
        this.admin = admin;
        this.jdbcUrl = jdbcUrl;
        this.bootstrapServers = bootstrapServers;
        this.kafka = kafka;
    }

    static TestServers instance() {
        return INSTANCE;
    }

    static boolean inContainers() {
        return "containers".equals(System.getProperty("test.infrastructure"));
    }

    private static Path auditKey() {
        try {
            var file = Files.createTempFile("audit-key", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, NoteSigner.newKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServers start() {
        return inContainers() ? containers() : embedded();
    }

    private static TestServers embedded() {
        try {
            var folder = Files.createTempDirectory("referral-gateway-tests");
            var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
            var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                kafka.close();
                postgres.close();
                delete(folder);
            }));
            var admin = new Admin(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.superuserPassword());
            var url = prepare(admin, "referral", postgres.jdbcUrl("referral"));
            return new TestServers(url, kafka.bootstrapServers(), kafka, admin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The containers live as long as the JVM; Testcontainers removes them.
    @SuppressWarnings("resource")
    private static TestServers containers() {
        var postgres = new PostgreSQLContainer(DockerImageName.parse(image("postgres", "postgres:18-alpine"))
                        .asCompatibleSubstituteFor("postgres"))
                .withCommand("postgres"); // Testcontainers switches fsync off otherwise
        postgres.start();
        var kafka = new KafkaContainer(
                DockerImageName.parse(image("kafka", "apache/kafka:4.2.1")).asCompatibleSubstituteFor("apache/kafka"));
        kafka.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.stop();
            postgres.stop();
        }));
        var base = "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getMappedPort(5432) + "/";
        var admin = new Admin(base + postgres.getDatabaseName(), postgres.getUsername(), postgres.getPassword());
        var url = prepare(admin, "referral", base + "referral");
        return new TestServers(url, kafka.getBootstrapServers(), null, admin);
    }

    private static String image(String name, String official) {
        var property = System.getProperty("test." + name + ".image");
        var environment = System.getenv("REFERRAL_TEST_" + name.toUpperCase(java.util.Locale.ROOT) + "_IMAGE");
        return Objects.requireNonNullElse(property, Objects.requireNonNullElse(environment, official));
    }

    /** The database and its roles, as an operator makes them. */
    private static String prepare(Admin admin, String name, String url) {
        try {
            try (var connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password());
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                    var statement = connection.createStatement()) {
                statement.execute(text("/db/roles.sql"));
                statement.execute("alter role referral_owner password '" + OWNER_PASSWORD + "'");
                statement.execute("alter role referral_app password '" + APP_PASSWORD + "'");
                statement.execute("alter role referral_auditor password '" + AUDITOR_PASSWORD + "'");
            }
            return url;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The test database could not be prepared.", e);
        }
    }

    static String text(String resource) throws IOException {
        try (var in = TestServers.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As command line arguments of the service. */
    String[] settings() {
        return new String[] {
            "--spring.datasource.url=" + jdbcUrl,
            "--spring.datasource.username=referral_app",
            "--spring.datasource.password=" + APP_PASSWORD,
            "--spring.flyway.user=referral_owner",
            "--spring.flyway.password=" + OWNER_PASSWORD,
            "--spring.kafka.bootstrap-servers=" + bootstrapServers,
            "--referral.identity.mode=local",
            "--referral.identity.keys=" + signingKeys,
            "--referral.identity.base-url=" + TestSenders.BASE,
            "--referral.audit.key-file=" + AUDIT_KEY,
            "--referral.vault.keyring=" + vault.resolve("keyring"),
            "--referral.vault.key-file=" + vault.resolve("keyring.key"),
            "--referral.audit.seal-every=100ms",
            // A machine under load is slow, not wrong: the tests are about what happens, not about how soon.
            "--spring.datasource.hikari.connection-timeout=60000",
            "--spring.datasource.hikari.data-source-properties.socketTimeout=120",
            "--referral.intake.max-wait=60s",
        };
    }

    /** Another database with the same roles, still empty. */
    String anotherDatabase(String name) {
        return prepare(admin, name, jdbcUrl.replaceFirst("/referral(?=$|[?])", "/" + name));
    }

    /** All rows of all tables, as they are now. */
    Dump dump() throws SQLException, IOException {
        return dump(jdbcUrl);
    }

    Dump dump(String url) throws SQLException, IOException {
        return Dump.of(url, admin.user(), admin.password());
    }

    void restore(Dump dump, String url) throws SQLException, IOException {
        dump.restore(url, admin.user(), admin.password());
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    /** The same where connections begin with a setting, such as {@code referral.scope=clinic}. */
    String jdbcUrl(String setting) {
        return with(setting, jdbcUrl);
    }

    private static String with(String setting, String url) {
        return url + (url.contains("?") ? "&" : "?") + "options=-c%20" + setting;
    }

    /** A database as the service's role sees it with the rows of all tenants in sight. */
    DataSource allInSight(String url) {
        return allInSight.computeIfAbsent(url, TestServers::pool);
    }

    /** Lets go of the connections that {@link #allInSight} has opened there. */
    void forget(String url) {
        if (allInSight.remove(url) instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    private static DataSource pool(String url) {
        var pool = new HikariConfig();
        pool.setPoolName("tests");
        pool.setJdbcUrl(with("referral.scope=clinic", url));
        pool.setUsername("referral_app");
        pool.setPassword(APP_PASSWORD);
        pool.addDataSourceProperty("stringtype", "unspecified");
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(60_000);
        return new HikariDataSource(pool);
    }

    /** As a superuser, whom row-level security does not hold. */
    Connection superuser() throws SQLException {
        return superuser(jdbcUrl);
    }

    Connection superuser(String url) throws SQLException {
        return DriverManager.getConnection(url, admin.user(), admin.password());
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** The broker, to be stopped and started again; only there where it is embedded. */
    EmbeddedKafka kafka() {
        return Objects.requireNonNull(kafka, "This test needs the embedded broker.");
    }

    private static Path temporary() {
        try {
            var folder = Files.createTempDirectory("referral-gateway-identity");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("The tests leave " + folder + " behind: " + e.getMessage());
        }
    }
}
