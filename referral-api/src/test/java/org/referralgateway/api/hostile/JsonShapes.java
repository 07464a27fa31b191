package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.between;
import static org.referralgateway.api.hostile.Texts.many;
import static org.referralgateway.api.hostile.Texts.quoted;
import static org.referralgateway.api.hostile.Texts.referral;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** Hostile JSON. */
final class JsonShapes {

    private static final String AT = "/fhir/ServiceRequest";
    private static final String JSON = "application/fhir+json";

    private static final List<byte[]> BOMS = List.of(
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {(byte) 0xFE, (byte) 0xFF},
            new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, (byte) 0xEF, (byte) 0xBB, (byte) 0xBF});

    private static final List<byte[]> BROKEN = List.of(
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82});

    private static final List<String> TYPE_NAMES = List.of(
            "\"Patient\"",
            "\"Bundle\"",
            "\"Binary\"",
            "\"Parameters\"",
            "\"serviceRequest\"",
            "\"\"",
            "null",
            "7",
            "[\"ServiceRequest\"]",
            "{\"%\":1}",
            "\"%\"",
            "\"ReferralRequest\"",
            "\"org.hl7.fhir.r4.model.Patient\"");

    private JsonShapes() {}

    private static Hostile referralWith(String name, String mark, String members) {
        return Hostile.referral(name, referral(mark, members));
    }

    private static Hostile bytes(String name, byte[] body) {
        return posted(name, AT, JSON, body);
    }

    static final List<Shape> MALFORMED = List.of(
            (random, mark) -> {
                var whole = referral(mark);
                return Hostile.referral("cut off", whole.substring(0, random.nextInt(whole.length())));
            },
            (random, mark) -> {
                var whole = new StringBuilder(referral(mark));
                for (int i = 0; i < 3; i++) {
                    int at = random.nextInt(whole.length());
                    whole.replace(at, at + 1, any(random, "{", "}", "[", "]", ",", ":", "\"", "\\", "'", "/", "\0"));
                }
                return Hostile.referral("mangled", whole.toString());
            },
            (random, mark) -> Hostile.referral(
                    "no object",
                    any(
                            random,
                            "",
                            " ",
                            "null",
                            "true",
                            "7",
                            quoted(mark),
                            "[" + quoted(mark) + "]",
                            "[]",
                            "{}",
                            "{\"" + mark + "\":1}",
                            mark)),
            (random, mark) -> Hostile.referral(
                    "more behind it", referral(mark) + any(random, "{", "}", referral(mark), mark, ",", "\n\n]")),
            (random, mark) -> Hostile.referral(
                    "dialects of JSON",
                    any(
                            random,
                            "// " + mark + "\n" + referral(mark),
                            "/* " + mark + " */" + referral(mark),
                            referral(mark).replace('"', '\''),
                            referral(mark).replace("\"status\"", "status"),
                            referral(mark).replaceFirst("\\{", "{,"),
                            "callback(" + referral(mark) + ")",
                            ")]}',\n" + referral(mark))));

    static final List<Shape> DEEP = List.of(
            (random, mark) -> {
                int depth = any(random, 62, 65, 600, 20_000, 500_000);
                return referralWith("arrays", mark, "\"note\":" + "[".repeat(depth) + quoted(mark) + "]".repeat(depth));
            },
            (random, mark) -> {
                int depth = any(random, 28, 60, 600, 20_000);
                return referralWith(
                        "extensions",
                        mark,
                        "\"extension\":" + "[{\"url\":\"urn:x\",\"extension\":".repeat(depth)
                                + "[{\"url\":\"urn:x\",\"valueString\":\"" + mark + "\"}]"
                                + "}]".repeat(depth));
            },
            (random, mark) -> Hostile.referral("never closed", "{\"a\":".repeat(between(random, 100, 400_000))),
            (random, mark) -> {
                int depth = between(random, 50, 5_000);
                return referralWith(
                        "in a name that nobody knows",
                        mark,
                        "\"" + mark + "\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
            });

    static final List<Shape> WIDE = List.of(
            (random, mark) -> referralWith(
                    "identifiers",
                    mark,
                    "\"requisition\":{\"value\":\"" + mark + "\"},\"basedOn\":["
                            + many(between(random, 500, 20_000), "{\"reference\":\"ServiceRequest/" + mark + "\"}")
                            + "]"),
            (random, mark) -> referralWith(
                    "notes",
                    mark,
                    "\"note\":[" + many(between(random, 500, 30_000), "{\"text\":\"" + mark + "\"}") + "]"),
            (random, mark) -> {
                var members = new StringBuilder();
                int count = between(random, 1_000, 40_000);
                for (int i = 0; i < count; i++) {
                    members.append(i == 0 ? "" : ",")
                            .append("\"")
                            .append(mark)
                            .append(i)
                            .append("\":")
                            .append(i);
                }
                return referralWith("unknown members", mark, members.toString());
            },
            (random, mark) -> posted(
                    "entries",
                    "/fhir",
                    "{\"resourceType\":\"Bundle\",\"type\":\""
                            + any(random, "transaction", "batch", "collection", "message")
                            + "\",\"entry\":["
                            + many(
                                    between(random, 150, 9_000),
                                    "{\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + mark
                                            + "\"}]},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}")
                            + "]}"),
            (random, mark) -> referralWith(
                    "codings",
                    mark,
                    "\"bodySite\":[{\"coding\":["
                            + many(between(random, 500, 20_000), "{\"system\":\"urn:" + mark + "\",\"code\":\"1\"}")
                            + "]}]"));

    static final List<Shape> DUPLICATES = List.of(
            (random, mark) -> referralWith("a member", mark, "\"status\":\"" + mark + "\""),
            (random, mark) ->
                    referralWith("the type", mark, "\"resourceType\":\"" + any(random, "Patient", mark) + "\""),
            (random, mark) -> referralWith("the subject", mark, "\"subject\":{\"reference\":\"Patient/" + mark + "\"}"),
            (random, mark) -> Hostile.referral(
                    "in a contained one", referral(mark).replace("\"gender\"", "\"id\":\"" + mark + "\",\"gender\"")),
            (random, mark) -> referralWith(
                    "escaped otherwise",
                    mark,
                    any(
                            random,
                            "\"st\\u0061tus\":\"" + mark + "\"",
                            "\"\\u0073ubject\":{\"display\":\"" + mark + "\"}")),
            (random, mark) ->
                    referralWith("many times", mark, many(between(random, 2, 5_000), "\"id\":\"" + mark + "\"")));

    static final List<Shape> NUMBERS = List.of(
            (random, mark) ->
                    referralWith("a quantity", mark, "\"quantityQuantity\":{\"value\":" + number(random) + "}"),
            (random, mark) -> posted(
                    "a laboratory value",
                    "/fhir/Observation",
                    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"" + mark
                            + "\"},\"valueQuantity\":{\"value\":" + number(random) + ",\"unit\":\"mg\"}}"),
            (random, mark) -> posted(
                    "an integer",
                    "/fhir/Observation",
                    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"" + mark
                            + "\"},\"valueInteger\":" + number(random) + "}"),
            (random, mark) -> posted(
                    "a dose",
                    "/fhir/MedicationRequest",
                    "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"display\":\""
                            + mark
                            + "\"},\"medicationCodeableConcept\":{\"text\":\"Oxycodone\"},\"dosageInstruction\":[{\"doseAndRate\":[{\"doseQuantity\":{\"value\":"
                            + number(random) + ",\"unit\":\"mg\"}}],\"timing\":{\"repeat\":{\"frequency\":"
                            + number(random) + ",\"period\":" + number(random) + ",\"periodUnit\":\"d\"}}}]}"),
            (random, mark) -> Hostile.referral(
                    "the dose of a contained one",
                    referral(mark)
                            .replace(
                                    "\"contained\": [",
                                    "\"supportingInfo\":[{\"reference\":\"#m\"}],\"contained\":[{\"resourceType\":\"MedicationStatement\",\"id\":\"m\",\"status\":\"active\",\"subject\":{\"reference\":\"#p\"},\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"7804\"}],\"text\":\"oxycodone\"},\"dosage\":[{\"timing\":{\"repeat\":{\"frequency\":"
                                            + number(random) + ",\"period\":" + number(random)
                                            + ",\"periodUnit\":\"d\"}},\"doseAndRate\":[{\"doseQuantity\":{\"value\":"
                                            + number(random) + ",\"unit\":\"mg\"}}]}]},")));

    private static String number(Random random) {
        return any(
                random,
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "9".repeat(between(random, 20, 100_000)),
                "0." + "0".repeat(between(random, 20, 10_000)) + "1",
                "1e400",
                "-0",
                "-0.0e-0",
                "00012",
                "+1",
                "1.",
                ".5",
                "0x1F",
                "NaN",
                "-Infinity",
                "1E",
                "2147483648",
                "-9223372036854775809",
                "1e1000000",
                "0",
                "0e0",
                "1_000");
    }

    static final List<Shape> DATES = List.of(
            (random, mark) ->
                    Hostile.referral("authored", referral(mark).replace("2026-11-01T09:30:00+01:00", date(random))),
            (random, mark) -> Hostile.referral("born", referral(mark).replace("1971-04-02", date(random))),
            (random, mark) -> Hostile.referral("since", referral(mark).replace("2025-11-02", date(random))),
            (random, mark) -> referralWith(
                    "a period",
                    mark,
                    "\"occurrencePeriod\":{\"start\":\"" + date(random) + "\",\"end\":\"" + date(random) + "\"}"),
            (random, mark) -> referralWith(
                    "updated",
                    mark,
                    "\"meta\":{\"lastUpdated\":\"" + date(random) + "\"},\"occurrenceDateTime\":\"" + date(random)
                            + "\""));

    private static String date(Random random) {
        return any(
                random,
                "0000-00-00",
                "0000",
                "9999-12-31T23:59:59.999999999Z",
                "2026-02-31",
                "2026-13-01",
                "2026-02-29T00:00:00Z",
                "-0001-01-01",
                "10000-01-01",
                "2026-11-01T24:00:00Z",
                "2026-11-01T23:59:60Z",
                "2026-11-01T09:30:00+99:99",
                "2026-11-01T09:30:00-14:01",
                "2026-11-01T09:30",
                "2026-11-01 09:30:00",
                "2026-11-01T09:30:00." + "9".repeat(between(random, 10, 5_000)) + "Z",
                "1",
                "tomorrow",
                "２０２６-11-01",
                "2026-11-01\\u0000",
                "2026-11-01T09:30:00Z\\n",
                "999999999-12-31T23:59:59Z",
                "+2026-11-01",
                "0001-01-01T00:00:00+14:00",
                "");
    }

    static final List<Shape> STRINGS = List.of(
            (random, mark) -> Hostile.referral("a name", referral(mark + "x".repeat(length(random)))),
            (random, mark) ->
                    referralWith("a display", mark, "\"locationCode\":[{\"text\":\"" + long0(random, mark) + "\"}]"),
            (random, mark) -> Hostile.referral(
                    "a placer number",
                    referral(mark)
                            .replaceFirst(
                                    "\"value\": \"R-",
                                    "\"value\": \"" + Matcher.quoteReplacement(long0(random, mark)))),
            (random, mark) -> referralWith(
                    "a second number",
                    mark,
                    "\"requisition\":{\"system\":\"urn:" + long0(random, mark) + "\",\"value\":\"" + long0(random, mark)
                            + "\"}"),
            (random, mark) -> referralWith(
                    "a code", mark, "\"category\":[{\"coding\":[{\"code\":\"" + long0(random, mark) + "\"}]}]"),
            (random, mark) -> posted(
                    "a message id",
                    "/fhir/$process-message",
                    "{\"resourceType\":\"Bundle\",\"id\":\"" + long0(random, mark) + "\",\"identifier\":{\"value\":\""
                            + long0(random, mark)
                            + "\"},\"type\":\"message\",\"entry\":[{\"resource\":{\"resourceType\":\"MessageHeader\",\"eventCoding\":{\"code\":\""
                            + long0(random, mark) + "\"},\"source\":{\"endpoint\":\"urn:x\"}}}]}"));

    private static int length(Random random) {
        return any(random, 1_000, 3_000, 70_000, 1_000_000, 4_100_000);
    }

    private static String long0(Random random, String mark) {
        return mark + any(random, "a", "/", "-", "ä", "1", "\\\\").repeat(any(random, 300, 2_000, 9_000, 200_000));
    }

    static final List<Shape> ENCODED = List.of(
            (random, mark) -> bytes(
                    "a mark of byte order",
                    joined(any(random, BOMS), referral(mark).getBytes(UTF_8))),
            (random, mark) -> bytes(
                    "another encoding",
                    referral(mark).getBytes(any(random, UTF_16, UTF_16LE, java.nio.charset.Charset.forName("UTF-32")))),
            (random, mark) -> bytes("Latin", referral(mark + "äöü").getBytes(ISO_8859_1)),
            (random, mark) -> bytes("bytes that are no UTF-8", inserted(random, referral(mark), any(random, BROKEN))),
            (random, mark) -> Hostile.referral(
                    "half a surrogate",
                    referral(mark + any(random, "\\ud800", "\\udfff\\ud800", "\\uDC00x", "\\ud83d"))),
            (random, mark) -> referralWith("half a surrogate in a key", mark, "\"" + mark + "\\ud800\":1"));

    private static byte[] joined(byte[] first, byte[] second) {
        var joined = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] inserted(Random random, String json, byte[] broken) {
        int at = random.nextInt(json.length());
        return joined(
                joined(json.substring(0, at).getBytes(UTF_8), broken),
                json.substring(at).getBytes(UTF_8));
    }

    static final List<Shape> CONTROLS = List.of(
            (random, mark) -> Hostile.referral("in a name", referral(mark + control(random))),
            (random, mark) -> Hostile.referral(
                    "in a placer number",
                    referral(mark).replace("\"value\": \"R-", "\"value\": \"" + control(random) + mark)),
            (random, mark) -> Hostile.referral(
                    "in a system",
                    referral(mark).replace("https://practice.example/orders", "urn:" + mark + control(random))),
            (random, mark) ->
                    Hostile.referral("in a code", referral(mark).replace("306109009", control(random) + mark)),
            (random, mark) -> referralWith("in a key", mark, "\"" + mark + control(random) + "\":1"),
            (random, mark) -> referralWith("in an id", mark, "\"id\":\"" + mark + control(random) + "\""),
            (random, mark) -> posted(
                    "in a message",
                    "/fhir/$process-message",
                    "{\"resourceType\":\"Bundle\",\"id\":\"" + mark + control(random)
                            + "\",\"identifier\":{\"value\":\""
                            + mark + control(random)
                            + "\"},\"type\":\"message\",\"entry\":[{\"resource\":{\"resourceType\":\"MessageHeader\",\"eventCoding\":{\"code\":\""
                            + control(random) + "\"},\"source\":{\"endpoint\":\"urn:" + control(random) + "\"}}}]}"));

    private static String control(Random random) {
        return any(
                random,
                "\\u0000",
                "\0",
                "\\u0001",
                "\u0007",
                "\\u001b[31m",
                "\u001b]0;x\u0007",
                "\\u202e",
                "\u2028",
                "\\ufeff",
                "\\ufffe",
                "\u0085",
                "\\u007f",
                "\\r\\n",
                "\r\n",
                "\t",
                "\\b",
                "\ufff9",
                "\udb40\udc41");
    }

    static final List<Shape> TYPES = List.of(
            (random, mark) -> Hostile.referral("a value", exchanged(random, referral(mark), mark)),
            (random, mark) ->
                    posted("a value of a transaction", "/fhir", exchanged(random, Texts.transaction(mark), mark)),
            (random, mark) -> posted(
                    "a value of a part",
                    "/fhir/Condition",
                    exchanged(
                            random,
                            "{\"resourceType\": \"Condition\",\n\"code\": {\"text\": \"" + mark
                                    + "\"},\n\"subject\": {\"display\": \"" + mark
                                    + "\"},\n\"onsetDateTime\": \"2026-01-01\"\n}",
                            mark)),
            (random, mark) -> Hostile.referral(
                    "another type",
                    referral(mark)
                            .replace(
                                    "\"ServiceRequest\"",
                                    any(random, TYPE_NAMES).replace("%", mark))));

    /** Another JSON value in the place of one. */
    private static String exchanged(Random random, String json, String mark) {
        int colon = json.indexOf(": ", random.nextInt(json.length() * 3 / 4));
        int from = colon + 2;
        int end = json.indexOf('\n', from);
        if (colon < 0 || end < 0 || from >= end) {
            return json.replace("\"active\"", "{}");
        }
        var line = json.substring(from, end);
        boolean opens = line.endsWith("[") || line.endsWith("{");
        var value = any(
                random,
                "null",
                "true",
                "7",
                "\"" + mark + "\"",
                "{}",
                "[]",
                "[[]]",
                "[null]",
                "{\"" + mark + "\":[]}",
                "[{\"resourceType\":\"Patient\"}]",
                "\"#\"",
                "\"\"",
                "-0.0",
                "{\"reference\":{\"reference\":\"" + mark + "\"}}");
        return json.substring(0, from)
                + value
                + (opens ? ",\"" + mark + "\":" + line : line.endsWith(",") ? "," : "")
                + json.substring(end);
    }
}
