package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.referralgateway.api.hostile.Hostile.line;
import static org.referralgateway.api.hostile.Hostile.visited;
import static org.referralgateway.api.hostile.Texts.any;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.referralgateway.api.TestSenders;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** What is hostile at the doors: tokens, cookies, forms and the pages' addresses. */
final class DoorShapes {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final List<String> ODD = List.of(
            "%00",
            "a%00b",
            "%ff",
            "%ed%a0%80",
            "%0d%0a",
            "%",
            "%zz",
            "",
            "-1",
            "0",
            "99999999999999999999",
            "2147483648",
            "NaN",
            "%27%20or%201=1--",
            "%3Cscript%3E",
            "..%2f..%2f",
            "x".repeat(3_000));

    private static final List<String> CLICKS = List.of(
            "/login",
            "/logout",
            "/account/password",
            "/account/sessions/end",
            "/people",
            "/people/" + NOBODY + "/roles",
            "/worklist/tasks/" + NOBODY + "/claim",
            "/worklist/tasks/" + NOBODY + "/decline",
            "/worklist/tasks/" + NOBODY + "/ask",
            "/worklist/tasks/" + NOBODY + "/accept",
            "/log/verify",
            "/log/parked/referral.events.v1/0/0/release",
            "/log/parked/%00/-1/x/discard",
            "/audit/cosignatures");

    /** Those that, done in earnest, neither end a session of the tests nor verify their whole trail. */
    private static final List<String> HARMLESS_CLICKS = CLICKS.stream()
            .filter(path -> !List.of("/login", "/logout", "/log/verify").contains(path))
            .toList();

    private DoorShapes() {}

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static String jwt(Random random, String mark) {
        return part(any(
                        random,
                        "{\"alg\":\"none\"}",
                        "{\"alg\":\"ES384\",\"kid\":\"" + mark + "\\u0000\"}",
                        "{\"alg\":\"ES384\",\"kid\":\"" + "k".repeat(5_000) + "\"}",
                        "{\"alg\":\"ES384\",\"crit\":[\"" + mark + "\"]}",
                        "{\"alg\":7}",
                        "{\"alg\":\"ES384\",\"alg\":\"none\"}",
                        "{\"alg\":\"ES384\",\"jku\":\"http://169.254.169.254/" + mark + "\"}",
                        "{\"alg\":\"ES384\",\"x5u\":\"file:///etc/passwd\"}",
                        "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}",
                        "{\"alg\":\"ES384\",\"jwk\":{\"kty\":\"" + mark + "\"}}",
                        "[".repeat(2_000),
                        "{\"a\":".repeat(1_500),
                        "null",
                        mark,
                        ""))
                + "."
                + part(any(
                        random,
                        "{\"sub\":\"" + mark + "\\u0000\",\"iss\":\"" + mark + "\"}",
                        "{\"sub\":\"" + mark + "\",\"iss\":\"" + mark + "\",\"exp\":1e400}",
                        "{\"sub\":\"" + mark + "\",\"exp\":\"" + mark + "\"}",
                        "{\"sub\":[\"" + mark + "\"]}",
                        "{\"sub\":\"hostile\",\"aud\":{\"a\":1},\"exp\":99999999999999999999}",
                        "{\"sub\":\"hostile\",\"jti\":\"\\u0000\",\"exp\":-1}",
                        "{\"sub\":7}",
                        "{\"sub\":null}",
                        "{\"a\":".repeat(1_500),
                        "[]",
                        "null",
                        mark,
                        ""))
                + any(random, ".", "." + part(mark), "..", "", ".!!!", "." + "A".repeat(2_000), ".A.A.A");
    }

    static final List<Shape> TOKENS = List.of(
            (random, mark) -> line("a bearer token", "GET /fhir/Task HTTP/1.1")
                    .header("Authorization", "Bearer " + jwt(random, mark)),
            (random, mark) -> line("another scheme", "GET /fhir/Task HTTP/1.1")
                    .header(
                            "Authorization",
                            any(
                                    random,
                                    "Basic " + mark,
                                    "Bearer",
                                    "Bearer ",
                                    "bearer " + mark,
                                    "Bearer  " + mark,
                                    "Bearer " + mark + " " + mark,
                                    mark,
                                    "Digest username=\"" + mark + "\"",
                                    "Negotiate x",
                                    "Bearer \u00e9",
                                    "Bearer a,Bearer b",
                                    "DPoP " + mark)),
            (random, mark) -> line("two tokens", "GET /fhir/Task HTTP/1.1")
                    .header("Authorization", "Bearer " + mark)
                    .header("Authorization", "Bearer " + Hostile.TOKEN),
            (random, mark) -> line("in the address", "GET /fhir/Task?access_token=" + mark + " HTTP/1.1"),
            (random, mark) -> asked(
                    "an assertion",
                    "grant_type=client_credentials&scope=system/*.r&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion="
                            + jwt(random, mark)),
            (random, mark) -> asked(
                    "a good assertion, odd scopes",
                    "grant_type=client_credentials&scope="
                            + any(
                                    random,
                                    "",
                                    mark,
                                    "%00",
                                    "system/%00.r",
                                    "system/" + mark + ".r",
                                    "system/*.cruds ".repeat(400).replace(" ", "+"),
                                    "openid",
                                    "*",
                                    "%ff",
                                    "system/Patient.r&scope=system/Task.r")
                            + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion="
                            + TestSenders.assertion(Hostile.SENDER)),
            (random, mark) -> asked(
                    "another grant",
                    "grant_type="
                            + any(
                                    random,
                                    "password",
                                    "authorization_code",
                                    "refresh_token",
                                    "urn:ietf:params:oauth:grant-type:token-exchange",
                                    "urn:ietf:params:oauth:grant-type:device_code",
                                    mark,
                                    "",
                                    "%00",
                                    "client_credentials&grant_type=password")
                            + "&username=" + mark + "&password=" + mark + "&code=" + mark + "&client_id="
                            + any(random, ODD) + "&client_secret=" + mark
                            + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion="
                            + TestSenders.assertion(Hostile.SENDER)),
            (random, mark) -> line("another body", "POST /oauth2/token HTTP/1.1")
                    .header(
                            "Content-Type",
                            any(
                                    random,
                                    "application/json",
                                    "text/plain",
                                    FORM,
                                    "multipart/form-data; boundary=x",
                                    mark))
                    .body(any(
                            random,
                            "{\"grant_type\":\"" + mark + "\"}",
                            "%",
                            "&".repeat(30_000),
                            "a=" + mark.repeat(40_000),
                            "%00=%00",
                            "--x\r\n\r\n" + mark)),
            (random, mark) -> line(
                            "other addresses of such servers",
                            any(random, "GET", "POST") + " "
                                    + any(
                                            random,
                                            "/oauth2/authorize?client_id=" + mark,
                                            "/oauth2/jwks/" + mark,
                                            "/oauth2/introspect",
                                            "/oauth2/revoke",
                                            "/oauth2/token?grant_type=client_credentials",
                                            "/oauth2/device_authorization",
                                            "/connect/register",
                                            "/userinfo",
                                            "/.well-known/openid-configuration",
                                            "/.well-known/oauth-authorization-server/" + mark,
                                            "/oauth2/par",
                                            "/oauth2/token/" + mark)
                                    + " HTTP/1.1")
                    .header("Content-Type", FORM)
                    .body("token=" + mark));

    private static Hostile asked(String name, String form) {
        return line(name, "POST /oauth2/token HTTP/1.1")
                .header("Content-Type", FORM)
                .body(form);
    }

    static final List<Shape> COOKIES = List.of(
            (random, mark) -> line(
                            "a session",
                            "GET " + any(random, "/worklist", "/", "/log", "/account", "/fhir/AuditEvent")
                                    + " HTTP/1.1")
                    .header(
                            "Cookie",
                            any(
                                            random,
                                            "referral-session",
                                            "__Host-referral-session",
                                            "referral-visit",
                                            "JSESSIONID",
                                            "SESSION",
                                            "remember-me")
                                    + "="
                                    + any(
                                            random,
                                            mark,
                                            "",
                                            "\"" + mark + "\"",
                                            mark + "; Path=/",
                                            "a".repeat(6_000),
                                            "%00",
                                            "../" + mark,
                                            "\u00e9",
                                            "=",
                                            "{\"a\":1}",
                                            "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==")),
            (random, mark) -> line("several", "GET /worklist HTTP/1.1")
                    .header("Cookie", ("referral-session=" + mark + "; ").repeat(any(random, 2, 50, 150))),
            (random, mark) -> line("beside a good one", "GET /worklist HTTP/1.1")
                    .header("Cookie", "referral-session=" + mark + "; " + Hostile.COOKIE),
            (random, mark) -> line("at the API", "POST /fhir/ServiceRequest HTTP/1.1")
                    .header("Cookie", Hostile.COOKIE)
                    .header("Content-Type", "application/fhir+json")
                    .body(Texts.referral(mark)),
            (random, mark) -> line("broken", "GET /login HTTP/1.1")
                    .header(
                            "Cookie",
                            any(
                                    random,
                                    ";",
                                    "=;=;=",
                                    mark,
                                    "a=b,c=d",
                                    "$Version=1; a=" + mark,
                                    "a=\"" + mark,
                                    " ",
                                    "a=b; ".repeat(500),
                                    "\u0000=\u0000")));

    private static String fields(Random random, String mark) {
        var fields = new StringBuilder("z=" + mark);
        for (var field : List.of(
                "login",
                "password",
                "back",
                "name",
                "roles",
                "senders",
                "version",
                "reason",
                "current",
                "wanted",
                "repeated",
                "items",
                "note",
                "item",
                "code",
                "text",
                "message")) {
            if (random.nextInt(3) > 0) {
                fields.append('&')
                        .append(field)
                        .append('=')
                        .append(any(random, any(random, ODD), mark, URLEncoder.encode("<script>" + mark, UTF_8)));
            }
        }
        return fields.toString();
    }

    static final List<Shape> FORMS = List.of(
            (random, mark) -> visited("without its token", "POST", any(random, CLICKS))
                    .header("Content-Type", FORM)
                    .body(fields(random, mark)),
            (random, mark) -> visited("full of what it does not hold", "POST", any(random, HARMLESS_CLICKS))
                    .header("Content-Type", FORM)
                    .body(fields(random, mark) + "&_csrf=" + Hostile.FORM_TOKEN),
            (random, mark) -> visited("from elsewhere", "POST", any(random, CLICKS))
                    .header("Origin", any(random, "https://evil.example", "null", mark, "http://127.0.0.1", "://"))
                    .header("Sec-Fetch-Site", any(random, "cross-site", "same-site", mark))
                    .header("Content-Type", FORM)
                    .body("_csrf=" + Hostile.FORM_TOKEN),
            (random, mark) -> visited("no form", "POST", any(random, CLICKS))
                    .header(
                            "Content-Type",
                            any(
                                    random,
                                    "application/json",
                                    "multipart/form-data; boundary=x",
                                    "text/plain",
                                    "multipart/form-data",
                                    mark))
                    .header("X-CSRF-TOKEN", Hostile.FORM_TOKEN)
                    .body(any(
                            random,
                            "{\"" + mark + "\":1}",
                            "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + Hostile.FORM_TOKEN
                                    + "\r\n--x--\r\n",
                            mark,
                            "[".repeat(3_000))),
            (random, mark) -> line("a login", "POST /login HTTP/1.1")
                    .header("Content-Type", FORM)
                    .body(fields(random, mark)),
            (random, mark) -> line("a note of a witness", "POST /audit/cosignatures HTTP/1.1")
                    .header(
                            "Content-Type",
                            any(
                                    random,
                                    "text/plain",
                                    "application/octet-stream",
                                    FORM,
                                    mark,
                                    "text/plain; charset=" + mark))
                    .body(any(
                            random,
                            mark,
                            "",
                            "\n\n\u2014 x y\n",
                            "a\n5\nAAAA\n\n\u2014 a " + mark + "\n",
                            "\u2014 ".repeat(5_000),
                            "x".repeat(any(random, 20_000, 3_000_000)),
                            "a\n99999999999999999999\nx\n\n\u2014 a AAAAAAA=\n",
                            "\0")),
            (random, mark) -> visited("broken", "POST", any(random, CLICKS))
                    .header("Content-Type", FORM)
                    .body(any(
                            random,
                            "%",
                            "_csrf=%zz",
                            "&".repeat(2_000),
                            "_csrf=" + Hostile.FORM_TOKEN + "&a=".repeat(1_500),
                            "_csrf=" + mark + "&_csrf=" + Hostile.FORM_TOKEN,
                            "a=" + "x".repeat(300_000),
                            "%00=" + mark)));

    static final List<Shape> ADDRESSES = List.of(
            (random, mark) -> visited(
                    "a page",
                    "GET",
                    any(
                                    random,
                                    "/referrals/",
                                    "/worklist/tasks/",
                                    "/log/referrals/",
                                    "/people/",
                                    "/ig/files/",
                                    "/ig/files/x/",
                                    "/assets/",
                                    "/login/with/",
                                    "/login/from/",
                                    "/log/parked/",
                                    "/")
                            + any(random, ODD)
                            + any(random, "", "/payload", "/decline", "?x=" + mark)),
            (random, mark) -> visited(
                    "a page for nobody",
                    "GET",
                    any(
                                    random,
                                    "/referrals/" + NOBODY,
                                    "/referrals/" + NOBODY + "/payload",
                                    "/worklist/tasks/" + NOBODY,
                                    "/worklist/tasks/" + NOBODY + "/ask",
                                    "/log/referrals/" + NOBODY)
                            + "?back="
                            + any(
                                    random,
                                    mark,
                                    "//evil.example/" + mark,
                                    "https://evil.example",
                                    "%00",
                                    "/%0d%0aX:%20y")),
            (random, mark) -> visited(
                    "filters",
                    "GET",
                    "/worklist?"
                            + any(
                                    random,
                                    "task",
                                    "owner",
                                    "condition",
                                    "priority",
                                    "notice",
                                    "page",
                                    "after",
                                    "sort",
                                    "due",
                                    mark)
                            + "=" + any(random, ODD) + "&" + any(random, "task", "owner", "after", "from") + "="
                            + any(random, mark, any(random, ODD))),
            (random, mark) -> visited(
                    "the log",
                    "GET",
                    "/log?"
                            + any(
                                    random,
                                    "referral",
                                    "type",
                                    "from",
                                    "to",
                                    "outcome",
                                    "events",
                                    "audit",
                                    "follow",
                                    "notice")
                            + "="
                            + any(
                                    random,
                                    any(random, ODD),
                                    mark,
                                    "+999999999-12-31T23:59",
                                    "-999999999-01-01T00:00",
                                    "2026-02-31T00:00",
                                    "9999-12-31T23:59")),
            (random, mark) -> visited(
                    "proofs",
                    "GET",
                    "/audit/"
                            + any(
                                    random,
                                    "checkpoint?size=",
                                    "inclusion?position=",
                                    "inclusion?position=1&size=",
                                    "consistency?from=0&to=",
                                    "consistency?to=1&from=",
                                    "key?x=",
                                    "inclusion?size=")
                            + any(
                                    random,
                                    any(random, ODD),
                                    "9223372036854775807",
                                    "-9223372036854775808",
                                    "1",
                                    "1.5",
                                    mark)),
            (random, mark) -> line(
                            "the way in",
                            "GET /login?" + any(random, "back", "problem", "error", "code", "state") + "="
                                    + any(
                                            random,
                                            any(random, ODD),
                                            mark,
                                            "https://evil.example",
                                            "//evil.example",
                                            "/\\evil.example",
                                            "javascript:" + mark,
                                            "/login")
                                    + " HTTP/1.1")
                    .mayShow(),
            (random, mark) -> line(
                    "not for anybody",
                    "GET "
                            + any(
                                    random,
                                    "/actuator",
                                    "/actuator/env",
                                    "/actuator/heapdump",
                                    "/actuator/prometheus",
                                    "/h2-console",
                                    "/.git/config",
                                    "/swagger-ui/index.html",
                                    "/v3/api-docs",
                                    "/WEB-INF/web.xml",
                                    "/robots.txt",
                                    "/favicon.ico",
                                    "/" + mark,
                                    "/fhir/$" + mark,
                                    "/console",
                                    "/livez/" + mark,
                                    "/readyz?x=" + mark)
                            + " HTTP/1.1"));
}
