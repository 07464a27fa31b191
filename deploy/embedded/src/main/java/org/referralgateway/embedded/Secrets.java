package org.referralgateway.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** Random passwords, each made when it is first asked for, kept in a properties file that only its owner reads. */
public final class Secrets {
    private final Path file;

    public Secrets(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /** The password of that name; from the first call on always the same, in later runs too. */
    public synchronized String named(String name) {
        try {
            var known = new Properties();
            if (Files.exists(file)) {
                known.load(new StringReader(Files.readString(file)));
            }
            String secret = known.getProperty(name);
            if (secret == null) {
                secret = random();
                known.setProperty(name, secret);
                save(known);
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException("The passwords in " + file + " cannot be kept: " + e, e);
        }
    }

    /** Hexadecimal, so that it needs no quoting anywhere. */
    static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void save(Properties known) throws IOException {
        var text = new StringWriter();
        known.store(text, null);
        OwnerOnly.write(file, text.toString());
    }
}
