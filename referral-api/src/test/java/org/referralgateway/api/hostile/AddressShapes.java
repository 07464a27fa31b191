package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Hostile.read;
import static org.referralgateway.api.hostile.Hostile.sent;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.referral;

import java.net.URLEncoder;
import java.util.List;
import java.util.Random;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** Hostile addresses: paths, searches, pages and conditions. */
final class AddressShapes {

    private static final List<String> TYPES = List.of(
            "ServiceRequest",
            "Task",
            "Patient",
            "Organization",
            "DocumentReference",
            "AuditEvent",
            "OperationDefinition");

    private static final List<String> ROUNDABOUT = List.of(
            "//fhir/Task",
            "/fhir//Task",
            "/fhir/../actuator/health",
            "/fhir/..%2f..%2factuator/env",
            "/fhir/%2e%2e/worklist",
            "/fhir;x=%mark/Task",
            "/fhir/Task;x=%mark",
            "/fhir/Task/..;/Patient/%mark",
            "/fhir/Task%00",
            "/fhir/Task/%c0%ae%c0%ae/%mark",
            "/fhir/Task/%252e%252e/%mark",
            "/fhir/Task\\%mark",
            "/fhir/Task/%5c%5c%mark",
            "/%66hir/Task",
            "/fhir/./Task/%mark",
            "/FHIR/Task",
            "/fhir/Task/%mark/",
            "/fhir/Task/%mark/_history/",
            "/fhir/ /%mark",
            "/fhir/%%mark",
            "/fhir/Task/%zz",
            "/fhir/Task/%e2%80%ae%mark",
            "/fhir/Task#%mark",
            "http://evil.example/fhir/Task",
            "/assets/../application.yaml",
            "/assets/..%2fapplication.yaml",
            "/assets/%mark",
            "/error",
            "/fhir/Task?",
            "?",
            "fhir/Task");

    private static final List<String> IDS = List.of(
            "%mark",
            "%mark/_history/%mark",
            "00000000-0000-0000-0000-000000000000/_history/99999999999999999999",
            "00000000-0000-0000-0000-000000000000/_history/-1",
            "%00",
            "a%00b",
            "%mark%00",
            "%27%20or%201=1--",
            "%F0%9F%92%A9",
            "_history",
            "_history/1",
            "a".repeat(2_000),
            "1,2,3",
            "*",
            "%25",
            "$",
            ".",
            "%2e%2e",
            "%0d%0aX-Injected:%20%mark",
            "%mark?_format=%00",
            "http:%2f%2fevil.example%2fPatient%2f1",
            "urn:uuid:00000000-0000-0000-0000-000000000000");

    private static final List<String> PARAMETERS = List.of(
            "_id",
            "identifier",
            "requisition",
            "patient",
            "status",
            "_lastUpdated",
            "_count",
            "focus",
            "part-of",
            "code",
            "_cursor",
            "_format",
            "_pretty",
            "_summary",
            "_elements",
            "_total",
            "_sort",
            "_include",
            "_revinclude",
            "_contained",
            "_has",
            "_filter",
            "_query",
            "_text",
            "_content",
            "_list",
            "_security",
            "_tag",
            "_profile",
            "_source",
            "_type",
            "_since",
            "_offset",
            "_getpages",
            "_getpagesoffset",
            "_bundletype",
            "subject");

    private static final List<String> MODIFIERS = List.of(
            ":exact",
            ":contains",
            ":text",
            ":not",
            ":missing",
            ":above",
            ":below",
            ":in",
            ":not-in",
            ":of-type",
            ":identifier",
            ":Patient",
            ":iterate",
            ":[x]",
            ":",
            "::",
            ":%00",
            ".name",
            ".organization.name",
            ":Patient.name:exact",
            ":%mark");

    private static final List<String> OPERATORS = List.of(
            "' or '1'='1",
            "'; select pg_sleep(5); --",
            "1)) union select null,null--",
            "\\'; drop table referral; --",
            "%",
            "_",
            "(a+)+$",
            "a{1,99999}",
            "${7*7}",
            "#{7*7}",
            "T(java.lang.Runtime).getRuntime().exec('id')",
            "Patient.name.where(family.matches('(a+)+$'))",
            "repeat(children())",
            "ge2020|le",
            "|",
            "||",
            "\\,\\|\\$",
            ",,,",
            "a|b|c|d",
            "eq",
            "$$",
            "\"",
            "*",
            "http://evil.example/Patient/1",
            "ServiceRequest/",
            "/",
            "Patient/a/b/c",
            "#");

    private static final List<String> TRAIL = List.of(
            "_id",
            "date",
            "entity",
            "patient",
            "agent-name",
            "subtype",
            "outcome",
            "_cursor",
            "_count",
            "agent",
            "_format");

    private static final List<String> ODD = List.of(
            "%00",
            "a%00b",
            "%00|%00",
            "|%00",
            "%ff%fe",
            "%ed%a0%80",
            "%c0%80",
            "%0d%0a",
            "%f0%9f%92%a9",
            "%e2%80%ae",
            "",
            "%20",
            "-1",
            "0",
            "99999999999999999999",
            "2147483648",
            "-2147483649",
            "1e9",
            "NaN",
            "0x10",
            "%2B",
            "true",
            "9999-12-31",
            "ge9999-12-31T23:59:59Z",
            "0000-01-01",
            "lt0001",
            "2026-02-31",
            "ge2026-13",
            "ap2026",
            "sa2026-01-01&_lastUpdated=eb2025",
            "ge999999999-01-01",
            "ge-2026",
            "zz2026",
            "2026-11-01T25:00",
            "00000000-0000-0000-0000-000000000000",
            "x".repeat(4_000),
            "a,".repeat(1_500));

    private static final List<String> CURSORS = List.of(
            "x",
            "_",
            "2026-01-01T00:00:00Z_",
            "2026-01-01T00:00:00Z_%mark",
            "+999999999-12-31T23:59:59Z_00000000-0000-0000-0000-000000000000",
            "-999999999-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
            "+300000-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
            "-5000-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
            "2026-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
            "2026-01-01T00:00:00Z_0-0-0-0-0",
            "2026-01-01T00:00:00.999999999Z_ffffffff-ffff-ffff-ffff-ffffffffffff",
            "\0_\0",
            "2026-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000'--");

    private static final List<String> CONDITIONS = List.of(
            "identifier=%mark",
            "identifier=|",
            "identifier=urn:x|",
            "identifier=|%mark",
            "identifier=urn:x|%mark",
            "identifier=urn:x|%00",
            "identifier=urn:x|a\0b",
            "identifier=%ZZ|x",
            "identifier=%|x",
            "identifier=a|b&identifier=c|d",
            "identifier:exact=a|b",
            "_id=%mark",
            "name=%mark",
            "?identifier=urn:x|%mark",
            "ServiceRequest?identifier=urn:x|%mark",
            "Patient?identifier=urn:x|%mark",
            "https://evil.example/ServiceRequest?identifier=urn:x|%mark",
            "identifier",
            "=",
            "&",
            "%mark",
            "identifier=urn:x|%c3%28",
            "identifier=urn:x|' or 1=1--");

    private AddressShapes() {}

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    static final List<Shape> PATHS = List.of(
            (random, mark) -> read("a way round", any(random, ROUNDABOUT).replace("%mark", mark)),
            (random, mark) -> read(
                    "an id",
                    "/fhir/" + any(random, TYPES) + "/" + any(random, IDS).replace("%mark", mark)),
            (random, mark) -> read(
                    "an operation",
                    "/fhir/" + any(random, "", any(random, TYPES) + "/", "ServiceRequest/" + mark + "/")
                            + any(
                                    random,
                                    "$everything",
                                    "$" + mark,
                                    "$preview",
                                    "$receipt",
                                    "$questionnaire",
                                    "$graphql",
                                    "$meta",
                                    "$diff",
                                    "$validate",
                                    "_history",
                                    "$export",
                                    "$process-message",
                                    "_search",
                                    "$",
                                    "%24receipt",
                                    "$receipt/" + mark)),
            (random, mark) -> posted(
                    "an operation that is posted",
                    "/fhir/" + any(random, "", any(random, TYPES) + "/", "ServiceRequest/" + mark + "/")
                            + any(
                                    random,
                                    "$everything",
                                    "$" + mark,
                                    "$receipt",
                                    "$meta-add",
                                    "$validate",
                                    "_search",
                                    "_history",
                                    "$preview/" + mark),
                    any(random, "", "{}", referral(mark), "{\"resourceType\":\"Parameters\"}")),
            (random, mark) -> read(
                    "a type",
                    "/fhir/"
                            + any(
                                    random,
                                    mark,
                                    "servicerequest",
                                    "ServiceRequest2",
                                    "Binary",
                                    "$",
                                    "Bundle",
                                    "ReferralRequest",
                                    "AuditEvent",
                                    "OperationDefinition/" + mark,
                                    "StructureDefinition")));

    private static String target(Random random) {
        return "/fhir/" + any(random, "ServiceRequest", "Task") + "?";
    }

    private static String operator(Random random, String mark) {
        return encoded(any(random, OPERATORS) + any(random, "", mark));
    }

    static final List<Shape> OPERATED = List.of(
            (random, mark) -> read(
                            "an operator", target(random) + any(random, PARAMETERS) + "=" + operator(random, mark))
                    .mayShow(),
            (random, mark) -> read(
                            "a modifier",
                            target(random) + any(random, PARAMETERS)
                                    + encoded(any(random, MODIFIERS).replace("%mark", mark)) + "="
                                    + operator(random, mark))
                    .mayShow(),
            (random, mark) -> read(
                            "several",
                            target(random) + any(random, PARAMETERS) + "=" + operator(random, mark) + "&"
                                    + any(random, PARAMETERS) + "=" + operator(random, mark) + "&"
                                    + any(random, PARAMETERS) + "=" + operator(random, mark))
                    .mayShow(),
            (random, mark) -> posted(
                            "by a form",
                            "/fhir/" + any(random, "ServiceRequest", "Task") + "/_search",
                            "application/x-www-form-urlencoded",
                            (any(random, PARAMETERS) + encoded(any(random, "", ":exact", ":missing")) + "="
                                            + operator(random, mark))
                                    .getBytes(UTF_8))
                    .mayShow(),
            (random, mark) -> read(
                            "in the trail",
                            "/fhir/AuditEvent?" + any(random, TRAIL) + any(random, "", ":exact", ":missing", ".name")
                                    + "=" + operator(random, mark))
                    .header("Cookie", Hostile.COOKIE)
                    .mayShow());

    static final List<Shape> VALUES = List.of(
            (random, mark) -> read("a value", target(random) + any(random, PARAMETERS) + "=" + any(random, ODD)),
            (random, mark) -> read("a date", target(random) + "_lastUpdated=" + any(random, ODD)),
            (random, mark) -> read("a number of rows", target(random) + "_count=" + any(random, ODD)),
            (random, mark) -> read(
                    "a reference",
                    target(random)
                            + any(random, "patient=", "focus=", "part-of=")
                            + any(random, "", "Patient/", "ServiceRequest/", "a/b/")
                            + any(random, ODD)),
            (random, mark) -> read(
                    "a token",
                    target(random)
                            + any(random, "_id=", "identifier=", "status=", "code=", "requisition=")
                            + any(random, "", "urn:x%7C", "%7C")
                            + any(random, ODD)),
            (random, mark) -> read(
                            "in the trail",
                            "/fhir/AuditEvent?" + any(random, TRAIL) + "=" + any(random, "", "%7C", "ServiceRequest/")
                                    + any(random, ODD))
                    .header("Cookie", Hostile.COOKIE),
            (random, mark) -> read(
                    "a format",
                    "/fhir/" + any(random, "metadata", "Task", "ServiceRequest") + "?"
                            + any(random, "_format", "_pretty", "_summary", "_elements") + "=" + any(random, ODD)));

    static final List<Shape> PAGES = List.of(
            (random, mark) -> read(
                            "a cursor",
                            target(random) + "_cursor="
                                    + encoded(any(random, CURSORS).replace("%mark", mark)))
                    .mayShow(),
            (random, mark) -> read(
                            "a cursor in the trail",
                            "/fhir/AuditEvent?_cursor="
                                    + encoded(any(random, CURSORS).replace("%mark", mark)))
                    .header("Cookie", Hostile.COOKIE)
                    .mayShow(),
            (random, mark) -> read(
                            "a page of HAPI's",
                            any(random, "/fhir?", "/fhir/Task?", "/fhir/ServiceRequest?", "/fhir/AuditEvent?")
                                    + "_getpages="
                                    + any(
                                            random,
                                            mark,
                                            "",
                                            "%00",
                                            "1&_getpagesoffset=-1",
                                            "1&_getpagesoffset=99999999999",
                                            "x&_bundletype=" + mark,
                                            "x&_pageId=" + mark))
                    .mayShow(),
            (random, mark) -> read(
                            "two cursors",
                            target(random) + "_cursor=" + encoded(any(random, CURSORS)) + "&_cursor="
                                    + encoded(any(random, CURSORS)))
                    .mayShow(),
            (random, mark) -> read(
                            "places in the log",
                            "/log?events="
                                    + any(
                                            random,
                                            "-1",
                                            "0",
                                            "99999999999999999999",
                                            mark,
                                            "%00",
                                            "9223372036854775807",
                                            "")
                                    + "&audit=" + any(random, "-9223372036854775808", mark, "1"))
                    .header("Cookie", Hostile.COOKIE)
                    .mayShow(),
            (random, mark) -> read(
                            "news of the log",
                            "/log/news?events="
                                    + any(random, "", mark, "0:0", "-1", "1_2", "99999999999999999999", "%00")
                                    + "&audit=" + any(random, mark, "0", "", "1:2:3", "-9223372036854775808"))
                    .header("Cookie", Hostile.COOKIE)
                    .mayShow());

    static final List<Shape> PRECONDITIONS = List.of(
            (random, mark) -> Hostile.referral("If-None-Exist", referral(mark))
                    .header("If-None-Exist", any(random, CONDITIONS).replace("%mark", mark)),
            (random, mark) -> sent(
                            "a conditional update",
                            "PUT",
                            "/fhir/ServiceRequest?"
                                    + any(random, CONDITIONS)
                                            .replace("%mark", mark)
                                            .replace("|", "%7C")
                                            .replace("\0", "%00")
                                            .replace(" ", "%20"))
                    .header("Content-Type", "application/fhir+json")
                    .body(referral(mark)),
            (random, mark) -> sent(
                            "If-Match",
                            "PUT",
                            "/fhir/ServiceRequest/" + any(random, mark, "00000000-0000-0000-0000-000000000000"))
                    .header("Content-Type", "application/fhir+json")
                    .header(
                            "If-Match",
                            any(
                                    random,
                                    "*",
                                    "W/\"\"",
                                    "W/\"" + mark + "\"",
                                    "\"99999999999\"",
                                    "1",
                                    "W/\"-1\"",
                                    "W/\"1\", W/\"2\"",
                                    "\"",
                                    "W/",
                                    "",
                                    "W/\"\u00e9\""))
                    .body(referral(mark)),
            (random, mark) -> read(
                            "other conditions", "/fhir/" + any(random, "Task", "metadata", "ServiceRequest/" + mark))
                    .header(
                            any(random, "If-Modified-Since", "If-Unmodified-Since", "If-None-Match", "If-Range"),
                            any(
                                    random,
                                    mark,
                                    "W/\"" + mark + "\"",
                                    "Thu, 99 Foo 9999 99:99:99 GMT",
                                    "*",
                                    "",
                                    "\"\"".repeat(1_000))),
            (random, mark) -> sent(
                            "an id",
                            "PUT",
                            "/fhir/" + any(random, "Patient", "ServiceRequest", "Condition") + "/"
                                    + any(
                                            random,
                                            mark,
                                            "a%00b",
                                            "a%20b",
                                            "%27",
                                            "a".repeat(100),
                                            "..%00",
                                            "_x",
                                            "urn:uuid:1"))
                    .header("Content-Type", "application/fhir+json")
                    .body("{\"resourceType\":\"Patient\",\"id\":\"" + mark + "\",\"name\":[{\"family\":\"" + mark
                            + "\"}]}")
                    .mayShow(),
            (random, mark) -> posted(
                    "in an entry",
                    "/fhir",
                    Texts.transaction(mark)
                            .replace(
                                    "\"url\": \"ServiceRequest\"",
                                    "\"url\": \"ServiceRequest\",\""
                                            + any(random, "ifNoneExist", "ifMatch", "ifNoneMatch") + "\":\""
                                            + any(random, CONDITIONS)
                                                    .replace("%mark", mark)
                                                    .replace("\0", "\\u0000") + "\"")));
}
