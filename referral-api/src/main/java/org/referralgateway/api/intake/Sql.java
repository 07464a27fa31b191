package org.referralgateway.api.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** A statement that is too long for a text block, and a piece that several need. */
final class Sql {

    private Sql() {}

    /** A column with ids as one of ours, null where it is a sender's own: the id of something that was put there. */
    static String ours(String column) {
        return "case when %1$s ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then %1$s::uuid end".formatted(column);
    }

    static String read(ClassPathResource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
