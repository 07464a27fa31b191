package org.referralgateway.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code initdb} and {@code pg_ctl} and waits for their end. */
final class PostgresPrograms {
    private final Path bin;
    private final boolean asRoot;

    /** @param ownFile any file that this process wrote; its owner tells who we are */
    PostgresPrograms(Path home, Path ownFile) throws IOException {
        this.bin = home.resolve("bin");
        this.asRoot = Integer.valueOf(0).equals(Files.getAttribute(ownFile, "unix:uid"));
    }

    /** @throws IOException with all that the program said, if it did not succeed */
    void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (asRoot) {
            // PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, and still owns its files.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));

        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // PGPORT, PGDATA and their like belong to another PostgreSQL of this user.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = Waiting.forEndOf(process);
        if (exit != 0) {
            throw new IOException(program + " of PostgreSQL failed (" + exit + "): " + said + hint(said));
        }
    }

    private String hint(String said) {
        boolean asksForPowers = said.contains("ermission denied") || said.contains("not permitted");
        return asRoot && asksForPowers
                ? "\nThis runs as root, where PostgreSQL needs 'unshare --user' to be allowed and every folder above its data"
                        + " to be open to root without special powers. Running as an ordinary user avoids both."
                : "";
    }
}
