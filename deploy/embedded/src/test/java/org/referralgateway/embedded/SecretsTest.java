package org.referralgateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void stayTheSameOverRuns() {
        Path file = folder.resolve("passwords.properties");
        String first = new Secrets(file).named("app");
        String second = new Secrets(file).named("owner");

        assertThat(new Secrets(file).named("app")).isEqualTo(first).hasSize(48).isNotEqualTo(second);
        assertThat(new Secrets(file).named("owner")).isEqualTo(second);
    }

    @Test
    void areReadByTheirOwnerOnly() throws IOException {
        var secrets = new Secrets(folder.resolve("passwords.properties"));
        secrets.named("app");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.file())))
                .isEqualTo("rw-------");
    }
}
