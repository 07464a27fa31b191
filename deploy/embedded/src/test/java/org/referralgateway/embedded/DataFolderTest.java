package org.referralgateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void refusesASecondClaimAndNamesTheFolder() {
        Path folder = temporary.resolve("data");

        try (var claimed = DataFolder.claim(folder)) {
            assertThatThrownBy(() -> DataFolder.claim(folder))
                    .isInstanceOf(DataFolderRefused.class)
                    .hasMessageContaining(claimed.path().toString())
                    .hasMessageContaining("Stop that run");
        }
    }

    @Test
    void refusesAClaimWhileAnotherProcessHasTheFolder() throws Exception {
        Path folder = temporary.resolve("data");

        try (var run = ChildRun.of(ClaimAndWait.class, folder)) {
            run.awaitReady();
            assertThatThrownBy(() -> DataFolder.claim(folder)).isInstanceOf(DataFolderRefused.class);

            run.kill();
            DataFolder.claim(folder).close();
        }
    }

    @Test
    void canBeClaimedAgainAfterItWasLetGo() {
        Path folder = temporary.resolve("data");

        DataFolder.claim(folder).close();
        DataFolder.claim(folder).close();
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        try (var claimed = DataFolder.claim(temporary.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(claimed.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesAFolderWithOtherFilesAlone() throws IOException {
        Files.writeString(temporary.resolve("thesis.txt"), "years of work");
        var before = Files.getPosixFilePermissions(temporary);

        assertThatThrownBy(() -> DataFolder.claim(temporary))
                .isInstanceOf(DataFolderRefused.class)
                .hasMessageContaining(temporary.toString());
        assertThat(Files.getPosixFilePermissions(temporary)).isEqualTo(before);
    }

    static final class ClaimAndWait {
        public static void main(String[] folder) throws InterruptedException {
            DataFolder.claim(Path.of(folder[0]));
            ChildRun.readyAndWait();
        }
    }
}
