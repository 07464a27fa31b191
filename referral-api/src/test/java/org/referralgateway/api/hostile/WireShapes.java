package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Hostile.read;
import static org.referralgateway.api.hostile.Hostile.sent;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.between;
import static org.referralgateway.api.hostile.Texts.referral;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** What is hostile around a body: headers, framing, encodings, methods. */
final class WireShapes {

    private static final String AT = "/fhir/ServiceRequest";

    private static final List<String> TAKEN = List.of(
            "X-Request-ID",
            "X-Correlation-ID",
            "traceparent",
            "tracestate",
            "baggage",
            "Prefer",
            "If-None-Exist",
            "User-Agent",
            "Origin",
            "Referer",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "X-Original-URL",
            "X-Rewrite-URL",
            "Accept-Language",
            "Range",
            "Expect",
            "X-HTTP-Method-Override",
            "Accept-Charset",
            "Upgrade",
            "TE",
            "Cookie",
            "From",
            "Date");

    private WireShapes() {}

    static final List<Shape> TYPES = List.of(
            (random, mark) -> posted(
                    "a type",
                    any(random, AT, "/fhir", "/fhir/$validate"),
                    type(random, mark),
                    referral(mark).getBytes(UTF_8)),
            (random, mark) -> posted(
                    "a charset",
                    AT,
                    "application/fhir+json; charset="
                            + any(
                                    random,
                                    "utf-16",
                                    "utf-7",
                                    "x-" + mark,
                                    "\"",
                                    "",
                                    "iso-8859-1;charset=utf-8",
                                    "\"utf-8",
                                    "%00"),
                    referral(mark).getBytes(UTF_8)),
            (random, mark) -> posted(
                            "two types",
                            AT,
                            "application/fhir+json",
                            referral(mark).getBytes(UTF_8))
                    .header("Content-Type", any(random, "application/fhir+xml", "text/plain", mark)),
            (random, mark) -> sent("none", "POST", AT).body(referral(mark)),
            (random, mark) -> posted(
                    "a form of several parts",
                    any(random, AT, "/fhir", AT + "/_search"),
                    "multipart/form-data" + any(random, "", "; boundary=x", "; boundary=" + "x".repeat(500)),
                    ("--x\r\nContent-Disposition: form-data; name=\"" + mark + "\"; filename=\"../../" + mark
                                    + "\"\r\n\r\n" + referral(mark) + "\r\n--x--\r\n")
                            .getBytes(UTF_8)),
            (random, mark) -> posted(
                    "a form",
                    any(
                            random,
                            AT,
                            "/fhir",
                            AT + "/_search",
                            "/fhir/Task/_search",
                            "/fhir/$process-message",
                            AT + "/$preview"),
                    "application/x-www-form-urlencoded" + any(random, "", ";charset=UTF-16", ";charset=" + mark),
                    any(
                                    random,
                                    "identifier=" + mark,
                                    "%",
                                    "%zz=" + mark,
                                    "a=%00",
                                    "identifier=%ff%fe" + mark,
                                    "=&=&&",
                                    "&".repeat(20_000),
                                    "identifier=" + mark.repeat(60_000),
                                    "a=1&".repeat(15_000),
                                    referral(mark))
                            .getBytes(UTF_8)),
            (random, mark) -> read(
                            "what it wants to get",
                            any(random, AT + "?identifier=" + mark, "/fhir/metadata", "/fhir/Task"))
                    .header(
                            "Accept",
                            any(
                                    random,
                                    mark,
                                    "*/" + mark,
                                    "application/fhir+json;q=" + "9".repeat(400),
                                    "application/fhir+json;q=x;" + mark,
                                    "application/fhir+turtle",
                                    "a/b,".repeat(1500),
                                    ";;;,,,",
                                    "text/html",
                                    "application/fhir+json; fhirVersion=" + mark,
                                    "application/graphql",
                                    "\u00e4\u00f6")));

    private static String type(Random random, String mark) {
        return any(
                random,
                "text/html",
                "application/json-patch+json",
                "application/fhir+turtle",
                "application/fhir+ndjson",
                "application/x-java-serialized-object",
                "application/fhir+json; fhirVersion=9.9",
                "application/fhir+json; fhirVersion=" + mark,
                "x-application/hl7-v2+er7",
                mark,
                mark + "/" + mark,
                "/",
                ";",
                "application/",
                "application/fhir+json" + ";a=b".repeat(800),
                "application/fhir+json, text/xml",
                "\"" + mark + "\"",
                "application/octet-stream",
                "application/dicom",
                "application/fhir+xml");
    }

    static final List<Shape> ENCODINGS = List.of(
            (random, mark) -> zipped("a bomb", any(random, "gzip", "GZIP"), bomb(random, mark)),
            (random, mark) ->
                    zipped("cut off", "gzip", cut(random, gzip(referral(mark).getBytes(UTF_8)))),
            (random, mark) -> zipped(
                    "no gzip",
                    "gzip",
                    any(random, referral(mark).getBytes(UTF_8), new byte[0], new byte[] {31, (byte) 139}, new byte[] {
                        31, (byte) 139, 8, (byte) 255, 0, 0, 0, 0, 0, 0
                    })),
            (random, mark) -> zipped(
                    "a broken sum", "gzip", flipped(random, gzip(referral(mark).getBytes(UTF_8)))),
            (random, mark) -> zipped(
                    "another encoding",
                    any(
                            random,
                            "deflate",
                            "br",
                            "zstd",
                            "gzip, gzip",
                            "compress",
                            mark,
                            "",
                            "x-gzip",
                            "identity, gzip",
                            "aws-chunked"),
                    any(
                            random,
                            deflate(referral(mark).getBytes(UTF_8)),
                            gzip(gzip(referral(mark).getBytes(UTF_8))))),
            (random, mark) -> zipped(
                    "something behind it",
                    "gzip",
                    joined(gzip(referral(mark).getBytes(UTF_8)), any(random, mark.getBytes(UTF_8), gzip(new byte[] {'x'
                    })))),
            (random, mark) -> posted(
                            "a form",
                            AT + "/_search",
                            "application/x-www-form-urlencoded",
                            gzip(("identifier=" + mark).getBytes(UTF_8)))
                    .header("Content-Encoding", "gzip"));

    private static Hostile zipped(String name, String encoding, byte[] body) {
        return posted(name, AT, "application/fhir+json", body).header("Content-Encoding", encoding);
    }

    /** A few kilobytes that are megabytes. */
    private static byte[] bomb(Random random, String mark) {
        var inside = new byte[any(random, 4_000_000, 6_000_000, 120_000_000)];
        Arrays.fill(inside, (byte) any(random, ' ', '[', '0', 'x').charValue());
        var beginning = ("{\"id\":\"" + mark).getBytes(UTF_8);
        System.arraycopy(beginning, 0, inside, 0, beginning.length);
        return gzip(inside);
    }

    private static byte[] gzip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }

    private static byte[] cut(Random random, byte[] bytes) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private static byte[] flipped(Random random, byte[] bytes) {
        bytes[10 + random.nextInt(bytes.length - 10)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static Hostile framed(String name, String mark, String headers, String body) {
        var hostile = sent(name, "POST", AT)
                .header("Content-Type", "application/fhir+json")
                .withoutLength();
        for (var header : headers.split("\n", -1)) {
            int colon = header.indexOf(':');
            hostile.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return hostile.body(body.isEmpty() ? referral(mark) : body);
    }

    static final List<Shape> FRAMING = List.of(
            (random, mark) -> framed(
                    "a length that does not fit",
                    mark,
                    "Content-Length: "
                            + any(
                                    random,
                                    "0",
                                    "1",
                                    "10",
                                    "99999",
                                    "-1",
                                    "99999999999999999999",
                                    "0x10",
                                    "+5",
                                    "1e3",
                                    " ",
                                    mark),
                    ""),
            (random, mark) -> framed(
                    "two lengths", mark, "Content-Length: 10\nContent-Length: " + any(random, "5", "10", "x"), ""),
            (random, mark) -> framed(
                    "length and chunks",
                    mark,
                    "Content-Length: " + any(random, "4", "400") + "\nTransfer-Encoding: chunked",
                    "5\r\n{\"a\":\r\n0\r\n\r\nGET /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n"),
            (random, mark) -> framed(
                    "an odd transfer encoding",
                    mark,
                    "Transfer-Encoding: "
                            + any(
                                    random,
                                    "chunked, identity",
                                    "identity",
                                    "xchunked",
                                    "gzip, chunked",
                                    "chunked\t",
                                    " chunked,chunked",
                                    mark,
                                    "\u000bchunked"),
                    chunks(mark)),
            (random, mark) -> framed(
                    "broken chunks",
                    mark,
                    "Transfer-Encoding: chunked",
                    any(
                            random,
                            "zz\r\n" + mark,
                            "-5\r\nabc\r\n0\r\n\r\n",
                            "ffffffffffffffffff\r\n",
                            "5\r\nabc",
                            "5;" + "x".repeat(20_000) + "\r\nabcde\r\n0\r\n\r\n",
                            "7fffffff\r\n" + mark,
                            "5\r\nabcdeX\r\n0\r\n\r\n",
                            "0\r\n" + "X: y\r\n".repeat(3_000) + "\r\n",
                            "\r\n\r\n",
                            "5\nabcde\n0\n\n")),
            (random, mark) -> framed("many small chunks", mark, "Transfer-Encoding: chunked", chunks(mark)),
            (random, mark) -> Hostile.line(
                            "no request line",
                            any(
                                    random,
                                    "",
                                    mark,
                                    "GET",
                                    "GET /fhir/metadata",
                                    "GET /fhir/metadata HTTP/9.9",
                                    "GET  /fhir/metadata HTTP/1.1",
                                    "\u0016\u0003\u0001",
                                    "PRI * HTTP/2.0",
                                    "GET /fhir/metadata HTTP/1.1 " + mark))
                    .header("X-Mark", mark));

    private static String chunks(String mark) {
        var chunks = new StringBuilder();
        for (var c : referral(mark).toCharArray()) {
            chunks.append("1\r\n").append(c).append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    static final List<Shape> INJECTION = List.of(
            (random, mark) -> good(random, mark).header(any(random, TAKEN), injected(random, mark)),
            (random, mark) -> good(random, mark)
                    .header(any(random, TAKEN), "x\r\nX-Injected: " + mark + "\r\nSet-Cookie: a=" + mark),
            (random, mark) -> good(random, mark)
                    .header(
                            "Host",
                            any(
                                    random,
                                    mark,
                                    mark + ":80",
                                    "127.0.0.1:" + mark,
                                    "[::1",
                                    "a b",
                                    "",
                                    "evil.example#" + mark,
                                    "user@" + mark)),
            (random, mark) -> good(random, mark).header(any(random, TAKEN), "\u00e9\u00ff" + mark + "\u0007"),
            (random, mark) -> good(random, mark)
                    .header(any(random, mark + " x", "X:Y", " X-" + mark, "X\u0000Y", "", "(" + mark + ")"), mark),
            (random, mark) ->
                    good(random, mark).header("X-Request-ID", mark + " ").header("X-Request-ID", "<" + mark + ">"));

    private static Hostile good(Random random, String mark) {
        return any(random, true, false)
                ? posted(
                        "a header of a referral",
                        AT,
                        "application/fhir+json",
                        referral(mark).getBytes(UTF_8))
                : read("a header of a search", "/fhir/Task?_count=1");
    }

    private static String injected(Random random, String mark) {
        return any(
                random,
                "<script>" + mark + "</script>",
                "${jndi:ldap://127.0.0.1:9/" + mark + "}",
                "' or 1=1 --" + mark,
                "%0d%0aX-Injected:%20" + mark,
                "../../" + mark,
                "{{7*7}}" + mark,
                "\t" + mark,
                "\u001b[31m" + mark,
                mark + "\0",
                "00-" + "0".repeat(32) + "-" + mark,
                "return=" + mark,
                "identifier=" + mark,
                "bytes=0-" + "9".repeat(30),
                "100-continue",
                "h2c, " + mark,
                "DELETE");
    }

    static final List<Shape> OVERSIZED = List.of(
            (random, mark) -> good(random, mark)
                    .header("X-Long", mark + "x".repeat(any(random, 7_000, 9_000, 70_000, 2_000_000))),
            (random, mark) -> {
                var hostile = good(random, mark);
                int count = between(random, 60, 3_000);
                for (int i = 0; i < count; i++) {
                    hostile.header("X-" + i, mark);
                }
                return hostile;
            },
            (random, mark) -> read(
                    "a long address",
                    "/fhir/ServiceRequest?identifier=" + mark + "x".repeat(any(random, 3_000, 9_000, 100_000))),
            (random, mark) -> read(
                    "many parameters",
                    "/fhir/ServiceRequest?" + ("identifier=" + mark + "&").repeat(between(random, 50, 1_000))),
            (random, mark) -> Hostile.line("a long token", "GET /fhir/Task HTTP/1.1")
                    .header("Authorization", "Bearer " + mark + "x".repeat(any(random, 2_000, 7_500, 9_000, 60_000))),
            (random, mark) -> Hostile.line("a long cookie", "GET /worklist HTTP/1.1")
                    .header("Cookie", "referral-session=" + mark + "x".repeat(any(random, 2_000, 7_000, 60_000))),
            (random, mark) -> Hostile.line(
                    "a long method", mark + "X".repeat(between(random, 10, 20_000)) + " /fhir/Task HTTP/1.1"));

    static final List<Shape> METHODS = List.of(
            (random, mark) -> sent(
                            "not offered",
                            any(
                                    random,
                                    "DELETE",
                                    "PATCH",
                                    "TRACE",
                                    "CONNECT",
                                    "OPTIONS",
                                    "PROPFIND",
                                    "get",
                                    "Post",
                                    "MOVE",
                                    "LOCK",
                                    "X" + mark,
                                    "HEAD",
                                    "PURGE"),
                            any(
                                    random,
                                    AT,
                                    AT + "/" + mark,
                                    "/fhir",
                                    "/fhir/metadata",
                                    "/fhir/Task/" + mark,
                                    "/worklist",
                                    "/login",
                                    "/oauth2/token",
                                    "/actuator/health",
                                    "/",
                                    "*"))
                    .body(mark),
            (random, mark) -> posted(
                            "disguised",
                            AT + "/" + mark,
                            "application/fhir+json",
                            referral(mark).getBytes(UTF_8))
                    .header(
                            any(random, "X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"),
                            any(random, "DELETE", "PUT", "PATCH")),
            (random, mark) -> posted(
                    "disguised in a form",
                    AT + "?_method=DELETE",
                    "application/x-www-form-urlencoded",
                    ("_method=DELETE&a=" + mark).getBytes(ISO_8859_1)),
            (random, mark) -> sent("a body where none belongs", "GET", AT + "?_count=1")
                    .header("Content-Type", "application/fhir+json")
                    .body(referral(mark)),
            (random, mark) -> sent(
                            "a patch", "PATCH", AT + "/" + any(random, mark, "00000000-0000-0000-0000-000000000000"))
                    .header(
                            "Content-Type",
                            any(
                                    random,
                                    "application/json-patch+json",
                                    "application/fhir+json",
                                    "application/xml-patch+xml"))
                    .body("[{\"op\":\"replace\",\"path\":\"/" + mark + "\",\"value\":1}]"),
            (random, mark) -> sent(
                    "a delete",
                    "DELETE",
                    AT + any(random, "/" + mark, "?identifier=" + mark, "", "/_history", "/$expunge")));
}
