package org.referralgateway.trail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the trail, as it is sealed: one line of JSON. The bytes of that line are the leaf, so what an auditor reads is
 * what was hashed. A column that is null is left out, so columns that come later do not change the leaves of earlier rows.
 *
 * @param detail JSON as PostgreSQL prints it
 */
public record AuditRow(
        long position,
        Instant at,
        String sender,
        String actor,
        @Nullable String client,
        @Nullable String organisation,
        @Nullable String purpose,
        @Nullable String address,
        String action,
        String outcome,
        @Nullable UUID referral,
        @Nullable Integer version,
        @Nullable String requestId,
        String detail) {

    /** Always six digits: what PostgreSQL keeps. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public AuditRow {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The row's line, without the end of the line. */
    public byte[] line() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    public String text() {
        var line = new StringBuilder(320);
        line.append("{\"position\":").append(position);
        text(line, "at", TIME.format(at));
        text(line, "sender", sender);
        text(line, "actor", actor);
        text(line, "client", client);
        text(line, "organisation", organisation);
        text(line, "purpose", purpose);
        text(line, "address", address);
        text(line, "action", action);
        text(line, "outcome", outcome);
        text(line, "referral", referral == null ? null : referral.toString());
        if (version != null) {
            line.append(",\"version\":").append(version);
        }
        text(line, "requestId", requestId);
        // What was put there as a text with line ends must not make two lines of one.
        return line.append(",\"detail\":")
                .append(detail.replace('\n', ' ').replace('\r', ' '))
                .append('}')
                .toString();
    }

    /** The position that a line begins with; -1 where it begins otherwise. */
    public static long positionOf(byte[] line) {
        var prefix = "{\"position\":";
        if (line.length < prefix.length()) {
            return -1;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (line[i] != prefix.charAt(i)) {
                return -1;
            }
        }
        long position = 0;
        int i = prefix.length();
        for (; i < line.length && i < prefix.length() + 18 && line[i] >= '0' && line[i] <= '9'; i++) {
            position = position * 10 + (line[i] - '0');
        }
        return i > prefix.length() && i < line.length && line[i] == ',' ? position : -1;
    }

    private static void text(StringBuilder line, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        line.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < 0x20) {
                line.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
