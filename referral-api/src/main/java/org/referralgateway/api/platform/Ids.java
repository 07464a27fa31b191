package org.referralgateway.api.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ids of ours: UUIDv7, which sort by time and so stay together in an index. */
@Component
public class Ids {

    private static final UUID NOBODYS = new UUID(0, 0);

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    public UUID next() {
        return generator.generate();
    }

    /** The id that a text is; nothing where it is not written as we write them. */
    public static Optional<UUID> read(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A column of ids as one of ours, so that an index on ours serves; null where it is a sender's own: the id of something
     * that was put there.
     */
    public static String column(String column) {
        return "case when %1$s ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then %1$s::uuid end".formatted(column);
    }

    /** Those texts that are ids; where none is, one that nothing has, because SQL knows no empty list. */
    public static List<UUID> among(List<String> texts) {
        var ids = texts.stream().flatMap(text -> read(text).stream()).toList();
        return ids.isEmpty() ? List.of(NOBODYS) : ids;
    }
}
