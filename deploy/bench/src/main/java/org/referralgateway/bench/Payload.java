package org.referralgateway.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes referrals out of a template: each with a patient, a placer number and entry ids that no other request, and no
 * other run, has used. Cut up once, so that making one costs little next to what is measured.
 */
final class Payload {
    enum Shape {
        CONTAINED,
        BUNDLE,
        BUNDLE20K;

        /** Where it is posted, below the base. */
        String path() {
            return this == CONTAINED ? "/ServiceRequest" : "";
        }
    }

    private static final Pattern MARKER = Pattern.compile("@(N|UUID|FAMILY|GIVEN|BORN|NOW|TODAY)@");
    private static final List<String> FAMILIES = List.of(
            "Alder", "Bramble", "Cedar", "Dogwood", "Elder", "Fennel", "Gorse", "Hazel", "Ivywood", "Juniper", "Linden",
            "Mallow", "Nettle", "Oakley", "Pine", "Quince", "Rowan", "Sorrel", "Thistle", "Willow", "Yarrow");
    private static final List<String> GIVEN = List.of(
            "Ash", "Basil", "Clover", "Daisy", "Erica", "Fern", "Ginger", "Heath", "Iris", "Jasmine", "Lily", "Moss",
            "Olive");

    /** Literal bytes, or what stands for them until the request is known. */
    private sealed interface Part permits Literal, Marker {}

    private record Literal(byte[] bytes) implements Part {}

    private enum Marker implements Part {
        N,
        UUID,
        FAMILY,
        GIVEN,
        BORN,
        NOW,
        TODAY
    }

    private final List<Part> parts = new ArrayList<>();
    private final String run;
    private final OffsetDateTime now;

    private Payload(String template, String run, OffsetDateTime now) {
        this.run = run;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        var marker = MARKER.matcher(template);
        int from = 0;
        while (marker.find()) {
            parts.add(new Literal(bytes(template.substring(from, marker.start()))));
            parts.add(Marker.valueOf(marker.group(1)));
            from = marker.end();
        }
        parts.add(new Literal(bytes(template.substring(from))));
    }

    /**
     * @param run eight hexadecimal digits that no other run has
     * @param now written as the time of writing and of all measurements
     */
    static Payload of(Shape shape, String run, OffsetDateTime now) {
        String name = shape.name().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream template = Payload.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(template, name).readAllBytes();
            return new Payload(new String(bytes, StandardCharsets.UTF_8).strip(), run, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] get(long index) {
        Map<Marker, byte[]> values = new EnumMap<>(Marker.class);
        var whole = new ByteArrayOutputStream(24 * 1024);
        for (Part part : parts) {
            whole.writeBytes(
                    switch (part) {
                        case Literal literal -> literal.bytes();
                        case Marker marker -> values.computeIfAbsent(marker, each -> bytes(value(each, index)));
                    });
        }
        return whole.toByteArray();
    }

    private String value(Marker marker, long index) {
        return switch (marker) {
            case N -> run + "-" + index;
            // A version 4 UUID but for its last two digits, which number the entry and stand in the template.
            case UUID -> run + "-0000-4000-8000-" + HexFormat.of().toHexDigits(index, 10);
            case FAMILY -> FAMILIES.get((int) (index % FAMILIES.size()));
            case GIVEN -> GIVEN.get((int) (index % GIVEN.size()));
            case BORN -> LocalDate.of(1940, 1, 1).plusDays(index % 20_000).toString();
            case NOW -> now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            case TODAY -> now.toLocalDate().toString();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
