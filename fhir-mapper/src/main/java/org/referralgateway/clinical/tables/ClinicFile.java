package org.referralgateway.clinical.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that the gateway brings along and a clinic can replace by one of the same name in its folder. */
public final class ClinicFile {

    private ClinicFile() {}

    /**
     * @param folder of the clinic; absent for the files that come with the gateway
     * @throws IllegalArgumentException where it is not UTF-8
     */
    public static String text(@Nullable Path folder, String name) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(folder, name)))
                    .toString();
            // Spreadsheets write a byte order mark, which is no part of the first column's name.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + ": is not UTF-8 text; save it in UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " cannot be read.", e);
        }
    }

    private static byte[] bytes(@Nullable Path folder, String name) throws IOException {
        if (folder != null && Files.exists(folder.resolve(name))) {
            return Files.readAllBytes(folder.resolve(name));
        }
        try (var shipped = ClinicFile.class.getResourceAsStream("/clinical/" + name)) {
            if (shipped == null) {
                throw new IOException("There is no file " + name + ".");
            }
            return shipped.readAllBytes();
        }
    }

    /** A table that comes inside a library, such as the units of UCUM. */
    public static byte[] ofLibrary(Class<?> library, String name) {
        try (var inside = library.getResourceAsStream(name)) {
            if (inside == null) {
                throw new IllegalStateException(
                        "The library of " + library.getSimpleName() + " has no file " + name + ".");
            }
            return inside.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " cannot be read.", e);
        }
    }
}
