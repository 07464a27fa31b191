package org.referralgateway.mapper;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a FHIR primitive is written in JSON. Source: <a href="http://hl7.org/fhir/R4/datatypes.html#primitive">primitive
 * types</a>. The patterns have no nested repetition, so that no text can make them slow.
 */
enum PrimitiveFormat {
    BOOLEAN(JsonKind.BOOLEAN, ".*", "true or false, without quotes"),
    INTEGER(JsonKind.INTEGER, "-?[0-9]{1,10}", "a whole number between -2147483648 and 2147483647, without quotes"),
    UNSIGNED_INT(JsonKind.INTEGER, "[0-9]{1,10}", "a whole number from 0 to 2147483647, without quotes"),
    POSITIVE_INT(JsonKind.INTEGER, "0*[1-9][0-9]{0,9}", "a whole number from 1 to 2147483647, without quotes"),
    DECIMAL(JsonKind.NUMBER, ".*", "a number, without quotes"),
    DATE(JsonKind.STRING, "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", "a date such as 2026, 2026-03 or 2026-03-31"),
    DATE_TIME(
            JsonKind.STRING,
            "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?)?)?",
            "a date, or a date and time with seconds and time zone, such as 2026-03-31T14:05:00+02:00"),
    INSTANT(
            JsonKind.STRING,
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])",
            "a date and time with seconds and time zone, such as 2026-03-31T14:05:00.000Z"),
    TIME(JsonKind.STRING, "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?", "a time such as 14:05:00"),
    ID(JsonKind.STRING, "[A-Za-z0-9.-]{1,64}", "1 to 64 letters, digits, dots and hyphens"),
    CODE(JsonKind.STRING, "\\S+( \\S+)*", "a code without white space at its ends"),
    URI(JsonKind.STRING, "\\S+", "a URI without white space"),
    OID(JsonKind.STRING, "urn:oid:[0-2](\\.[0-9]+)+", "an OID such as urn:oid:2.16.840.1"),
    UUID(JsonKind.STRING, "urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "a UUID such as urn:uuid:..."),
    BASE64(JsonKind.STRING, "(?s)[A-Za-z0-9+/=\\s]*", "base64 text"),
    REFERENCE(
            JsonKind.STRING,
            "#[A-Za-z0-9.-]{0,64}|urn:(uuid|oid):[A-Za-z0-9.-]{1,64}|[A-Z][A-Za-z]{1,40}/[A-Za-z0-9._-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?"
                    + "|[A-Z][A-Za-z]{1,40}\\?[^\\s<>\"]{1,500}|https?://[^\\s<>\"]{1,1000}",
            "a reference such as Patient/123, urn:uuid:..., #contained or an http address"),
    XHTML(
            JsonKind.STRING,
            ".*",
            "a div of well-formed XHTML, with the characters themselves instead of entities such as &nbsp;"),
    TEXT(JsonKind.STRING, "(?s).+", "text that is not empty");

    /** What kind of JSON value a primitive is written as. */
    enum JsonKind {
        BOOLEAN,
        INTEGER,
        NUMBER,
        STRING
    }

    private static final Map<String, PrimitiveFormat> BY_TYPE = Map.ofEntries(
            Map.entry("boolean", BOOLEAN),
            Map.entry("integer", INTEGER),
            Map.entry("unsignedInt", UNSIGNED_INT),
            Map.entry("positiveInt", POSITIVE_INT),
            Map.entry("decimal", DECIMAL),
            Map.entry("date", DATE),
            Map.entry("dateTime", DATE_TIME),
            Map.entry("instant", INSTANT),
            Map.entry("time", TIME),
            Map.entry("id", ID),
            Map.entry("code", CODE),
            Map.entry("uri", URI),
            Map.entry("url", URI),
            Map.entry("canonical", URI),
            Map.entry("oid", OID),
            Map.entry("uuid", UUID),
            Map.entry("base64Binary", BASE64),
            Map.entry("xhtml", XHTML));

    private final JsonKind kind;
    private final Pattern pattern;
    private final String expected;

    PrimitiveFormat(JsonKind kind, String pattern, String expected) {
        this.kind = kind;
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    /** The format of a FHIR type; types that have no format of their own are text. */
    static PrimitiveFormat of(String fhirType) {
        return BY_TYPE.getOrDefault(fhirType, TEXT);
    }

    JsonKind kind() {
        return kind;
    }

    /** Completes the sentence "Send …". */
    String expected() {
        return expected;
    }

    boolean accepts(String text) {
        return switch (this) {
            case BOOLEAN, DECIMAL -> true;
            case TEXT -> !text.isEmpty();
            case XHTML -> XmlNarrative.isReadable(text);
            case BASE64 -> isBase64(text);
            case INTEGER, UNSIGNED_INT, POSITIVE_INT -> pattern.matcher(text).matches() && fitsAnInt(text);
            case REFERENCE -> pattern.matcher(text).matches() && !text.contains("/..") && !text.contains("../");
            case DATE, DATE_TIME, INSTANT -> pattern.matcher(text).matches() && existsInTheCalendar(text);
            default -> pattern.matcher(text).matches();
        };
    }

    /** By hand, because attachments are long and a pattern keeps state for each character. */
    private static boolean isBase64(String text) {
        return text.chars()
                .allMatch(c -> (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || c == '+'
                        || c == '/'
                        || c == '='
                        || Character.isWhitespace(c));
    }

    private static boolean fitsAnInt(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean existsInTheCalendar(String text) {
        try {
            int year = Integer.parseInt(text, 0, 4, 10);
            int month = text.length() >= 7 ? Integer.parseInt(text, 5, 7, 10) : 1;
            int day = text.length() >= 10 ? Integer.parseInt(text, 8, 10, 10) : 1;
            return year > 0 && LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
