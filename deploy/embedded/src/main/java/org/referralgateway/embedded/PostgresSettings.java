package org.referralgateway.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How the server is set, written anew at every start: what a folder was made with years ago must not linger in it.
 */
final class PostgresSettings {
    private static final String SETTINGS = """
            # Written at every start; changes here are lost.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 100

            # Accepted is durable: a commit is on the disk before anybody is told of it.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # A small computer, shared with a JVM. Short queries only, so compiling them never pays.
            shared_buffers = '128MB'
            jit = off

            # A failed statement or a broken key quotes the patient's data: neither may reach the log.
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_timezone = 'UTC'
            timezone = 'UTC'
            """;

    private static final String WHO_MAY_CONNECT = """
            # Written at every start; changes here are lost.
            # Every local user can reach the port, so everybody needs a password.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private PostgresSettings() {}

    static void write(Path cluster, int port) throws IOException {
        OwnerOnly.write(cluster.resolve("postgresql.conf"), SETTINGS.formatted(port));
        OwnerOnly.write(cluster.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
    }
}
