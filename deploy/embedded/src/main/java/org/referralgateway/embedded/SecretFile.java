package org.referralgateway.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A file that only its owner reads, made when it is first needed and the same from then on. */
public final class SecretFile {
    private SecretFile() {}

    public static Path keep(Path file, Supplier<String> content) {
        try {
            if (!Files.exists(file)) {
                OwnerOnly.write(file, content.get());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be kept: " + e, e);
        }
    }
}
