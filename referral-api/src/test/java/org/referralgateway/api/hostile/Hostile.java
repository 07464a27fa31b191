package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.referralgateway.api.TestGateway;

/** One hostile request, byte by byte: nothing between it and the socket puts it right. */
final class Hostile {

    /** Stands in a header for a good token of the sender. */
    static final String TOKEN = "\u0001token\u0001";
    /** Stands in a header for the cookie of somebody who is logged in. */
    static final String COOKIE = "\u0001cookie\u0001";
    /** Stands in a body for that person's form token. */
    static final String FORM_TOKEN = "FORMTOKEN";

    static final String SENDER = "hostile";
    private static final String PERSON = "Holly Thorn";

    private final String name;
    private final String start;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private boolean hasLength = true;
    private boolean mayShow;

    private Hostile(String name, String start) {
        this.name = name;
        this.start = start;
    }

    static Hostile line(String name, String start) {
        return new Hostile(name, start);
    }

    /** A request of a registered sender. */
    static Hostile sent(String name, String method, String target) {
        return line(name, method + " " + target + " HTTP/1.1").header("Authorization", "Bearer " + TOKEN);
    }

    /** A referral that is posted, hostile in its body. */
    static Hostile referral(String name, String json) {
        return posted(name, "/fhir/ServiceRequest", json);
    }

    static Hostile posted(String name, String target, String json) {
        return posted(name, target, "application/fhir+json", json.getBytes(UTF_8));
    }

    static Hostile posted(String name, String target, String type, byte[] body) {
        return sent(name, "POST", target).header("Content-Type", type).body(body);
    }

    /** A search is answered with its own address. */
    static Hostile read(String name, String target) {
        return sent(name, "GET", target).mayShow();
    }

    /** A request of somebody who is logged in; a page shows what was filtered by. */
    static Hostile visited(String name, String method, String target) {
        var visit = line(name, method + " " + target + " HTTP/1.1").header("Cookie", COOKIE);
        return method.equals("GET") ? visit.mayShow() : visit;
    }

    Hostile header(String header, String value) {
        headers.add(header + ": " + value);
        return this;
    }

    Hostile body(byte[] bytes) {
        this.body = bytes;
        return this;
    }

    Hostile body(String text) {
        return body(text.getBytes(UTF_8));
    }

    /** Its framing is up to its headers. */
    Hostile withoutLength() {
        this.hasLength = false;
        return this;
    }

    /** It asks to be shown what it sends. */
    Hostile mayShow() {
        this.mayShow = true;
        return this;
    }

    boolean isShown() {
        return mayShow;
    }

    /** The request as it goes out to this gateway. */
    byte[] bytes(TestGateway gateway) {
        var content = new String(body, ISO_8859_1);
        var sent = content.contains(FORM_TOKEN)
                ? content.replace(FORM_TOKEN, session(gateway).formToken()).getBytes(ISO_8859_1)
                : body;
        var head = new StringBuilder(start).append("\r\n");
        if (isMissing("host")) {
            head.append("Host: 127.0.0.1:").append(gateway.port()).append("\r\n");
        }
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        if (isMissing("connection")) {
            head.append("Connection: close\r\n");
        }
        if (hasLength && (sent.length > 0 || start.startsWith("P"))) {
            head.append("Content-Length: ").append(sent.length).append("\r\n");
        }
        var text = head.append("\r\n").toString();
        if (text.contains(TOKEN)) {
            text = text.replace(TOKEN, gateway.token(SENDER));
        }
        if (text.contains(COOKIE)) {
            text = text.replace(COOKIE, session(gateway).cookie());
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(ISO_8859_1));
        bytes.writeBytes(sent);
        return bytes.toByteArray();
    }

    private static org.referralgateway.api.TestPeople.Session session(TestGateway gateway) {
        return gateway.people().session(PERSON);
    }

    private boolean isMissing(String header) {
        return headers.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"));
    }

    @Override
    public String toString() {
        return name + " (" + (start.length() > 200 ? start.substring(0, 200) + "…" : start) + ")";
    }
}
