package org.referralgateway.api.hostile;

import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.between;
import static org.referralgateway.api.hostile.Texts.many;
import static org.referralgateway.api.hostile.Texts.referral;

import java.util.List;
import java.util.Random;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** Hostile resources. */
final class ResourceShapes {

    private static final List<String> INSIDE = List.of(
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
            "http://metadata.google.internal/computeMetadata/v1/",
            "http://127.0.0.1:9/%mark",
            "http://[::1]:9/ServiceRequest/%mark",
            "http://[::ffff:169.254.169.254]/",
            "http://0x7f000001/ServiceRequest/1",
            "http://2130706433/ServiceRequest/1",
            "http://localhost:8081/actuator/env",
            "https://practice.example@127.0.0.1:9/fhir/ServiceRequest/1",
            "https://127.0.0.1#@practice.example/fhir/ServiceRequest/1",
            "https://practice.example.evil.example/fhir/ServiceRequest/%mark",
            "file:///etc/passwd",
            "jar:http://127.0.0.1:9/x.jar!/",
            "gopher://127.0.0.1:9/_%mark",
            "ldap://127.0.0.1:9/%mark",
            "javascript:%mark",
            "data:text/html,<script>%mark</script>",
            "//127.0.0.1:9/ServiceRequest/1",
            "\\\\\\\\127.0.0.1\\\\%mark",
            "http://127.0.0.1:99999/ServiceRequest/1",
            "http://%mark:80:80/ServiceRequest/1",
            "http:// /ServiceRequest/1",
            "http://a/%00/ServiceRequest/1",
            "https://xn--%mark.example/ServiceRequest/1");

    private static final List<String> SCRIPTS = List.of(
            "<script>%mark</script>",
            "<img src=x onerror=%mark>",
            "<b>",
            "</div><script>%mark</script>",
            "<div xmlns='http://www.w3.org/1999/xhtml' onclick='%mark'>x</div>",
            "&lt;script&gt;%mark",
            "&%mark;",
            "<!DOCTYPE x [<!ENTITY a '%mark'>]><div>&a;</div>",
            "<![CDATA[%mark]]>",
            "<?php %mark ?>",
            "<svg><style><img src=x onerror=%mark></style></svg>",
            "${%mark}",
            "[[${%mark}]]",
            "__${T(java.lang.Runtime)}__%mark",
            "<iframe src=javascript:%mark>",
            "<a href='http://169.254.169.254/%mark'>x</a>",
            "<b%mark",
            "<p a=1 a=2>%mark");

    private ResourceShapes() {}

    private static Hostile contained(String name, String mark, String contained) {
        return Hostile.referral(name, referral(mark).replace("\"contained\": [", "\"contained\": [" + contained + ","));
    }

    static final List<Shape> CONTAINED = List.of(
            (random, mark) -> contained(
                    "in a circle",
                    mark,
                    "{\"resourceType\":\"Condition\",\"id\":\"a\",\"subject\":{\"reference\":\"#p\"},\"evidence\":[{\"detail\":[{\"reference\":\"#b\"}]}]},"
                            + "{\"resourceType\":\"Condition\",\"id\":\"b\",\"subject\":{\"reference\":\"#p\"},\"evidence\":[{\"detail\":[{\"reference\":\""
                            + any(random, "#a", "#b", "#", "#" + mark) + "\"}]}]}"),
            (random, mark) -> {
                int depth = between(random, 1, 25);
                return contained(
                        "in each other",
                        mark,
                        "{\"resourceType\":\"Basic\",\"id\":\"n\",\"contained\":[".repeat(depth)
                                + "{\"resourceType\":\"Patient\",\"id\":\"" + mark + "\"}" + "]}".repeat(depth));
            },
            (random, mark) -> contained(
                    "with the same id",
                    mark,
                    many(
                            between(random, 2, 500),
                            "{\"resourceType\":\"" + any(random, "Patient", "Condition") + "\",\"id\":\"p\"}")),
            (random, mark) -> contained(
                    "with an odd id",
                    mark,
                    "{\"resourceType\":\"Patient\",\"id\":\""
                            + any(random, "", "#p", "#", " ", mark + "/x", "a".repeat(5_000), "\\u0000", "<p>", "p\\n")
                            + "\"}"),
            (random, mark) -> contained(
                    "without an id",
                    mark,
                    any(
                            random,
                            "{\"resourceType\":\"Patient\"}",
                            "{}",
                            "null",
                            "\"" + mark + "\"",
                            "[]",
                            "{\"id\":\"x\"}")),
            (random, mark) -> contained(
                    "a Bundle",
                    mark,
                    "{\"resourceType\":\"Bundle\",\"id\":\"x\",\"type\":\"batch\",\"entry\":[{\"resource\":"
                            + referral(mark) + "}]}"),
            (random, mark) -> {
                var chain = new StringBuilder();
                int length = between(random, 10, 3_000);
                for (int i = 0; i < length; i++) {
                    chain.append(i == 0 ? "" : ",")
                            .append("{\"resourceType\":\"Basic\",\"id\":\"k")
                            .append(i)
                            .append("\",\"code\":{\"text\":\"")
                            .append(mark)
                            .append("\"},\"subject\":{\"reference\":\"#k")
                            .append(i + 1)
                            .append("\"}}");
                }
                return contained("in a long row", mark, chain.toString());
            });

    static final List<Shape> NARRATIVES = List.of(
            (random, mark) -> Hostile.referral(
                    "of the request",
                    referral(
                            mark,
                            "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                                    + any(random, SCRIPTS).replace("%mark", mark) + "</div>\"}")),
            (random, mark) -> Hostile.referral(
                    "alone",
                    referral(
                            mark,
                            "\"text\":{\"status\":\"" + any(random, "generated", "additional", mark) + "\",\"div\":\""
                                    + any(random, SCRIPTS).replace("%mark", mark) + "\"}")),
            (random, mark) ->
                    Hostile.referral("in a name", referral(any(random, SCRIPTS).replace("%mark", mark))),
            (random, mark) -> Hostile.referral(
                    "in a display",
                    referral(mark).replace("Dr Linden", any(random, SCRIPTS).replace("%mark", mark))),
            (random, mark) -> Hostile.referral(
                    "in a number",
                    referral(mark)
                            .replace(
                                    "\"value\": \"R-",
                                    "\"value\": \"" + any(random, SCRIPTS).replace("%mark", mark))),
            (random, mark) -> posted(
                    "deep",
                    "/fhir/" + any(random, "Patient", "Organization"),
                    "{\"resourceType\":\"" + any(random, "Patient", "Organization")
                            + "\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                            + any(random, "<b>", "<table>", "<p a='" + mark + "'>")
                                    .repeat(any(random, 10, 70, 3_000, 100_000))
                            + mark + "\"}}"));

    static final List<Shape> ATTACHMENTS = List.of(
            (random, mark) -> contained(
                    "a document elsewhere",
                    mark,
                    document(
                            mark,
                            "\"url\":\"" + any(random, INSIDE).replace("%mark", mark) + "\",\"contentType\":\""
                                    + any(random, "application/pdf", mark, "", "text/html") + "\"")),
            (random, mark) -> contained(
                    "data that are none",
                    mark,
                    document(
                            mark,
                            "\"contentType\":\"text/html\",\"data\":\""
                                    + any(
                                            random,
                                            mark,
                                            "====",
                                            "A",
                                            "A===",
                                            " ",
                                            "\\u0000",
                                            "PHNjcmlwdD4=" + mark,
                                            "-_-_",
                                            "A".repeat(4_100_000),
                                            "\\n".repeat(1_000))
                                    + "\"")),
            (random, mark) -> contained(
                    "sizes",
                    mark,
                    document(
                            mark,
                            "\"data\":\"QQ==\",\"size\":" + any(random, "-1", "4294967296", "0", "1.5", "1e9")
                                    + ",\"hash\":\"" + any(random, mark, "QQ==", "") + "\"")),
            (random, mark) -> contained(
                    "names",
                    mark,
                    document(
                            mark,
                            "\"data\":\"QQ==\",\"title\":\""
                                    + any(
                                            random,
                                            "../../../../etc/" + mark,
                                            mark + "\\u0000.pdf",
                                            "con",
                                            "\\\\\\\\evil\\\\" + mark,
                                            "<b>" + mark,
                                            mark + "\\r\\nX: y",
                                            "x".repeat(100_000))
                                    + "\"")),
            (random, mark) -> posted(
                    "alone",
                    "/fhir/DocumentReference",
                    document(mark, "\"url\":\"" + any(random, INSIDE).replace("%mark", mark) + "\"")),
            (random, mark) -> posted(
                    "a picture",
                    "/fhir/Patient",
                    "{\"resourceType\":\"Patient\",\"photo\":[{\"url\":\""
                            + any(random, INSIDE).replace("%mark", mark)
                            + "\",\"size\":1,\"contentType\":\"image/svg+xml\",\"data\":\"PHN2Zy8+\"}]}"));

    private static String document(String mark, String attachment) {
        return "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"status\":\"current\",\"description\":\"" + mark
                + "\",\"content\":[{\"attachment\":{" + attachment + "}}]}";
    }

    static final List<Shape> INWARD = List.of(
            (random, mark) -> posted(
                    "a Task by reference",
                    "/fhir/Task",
                    "{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/CodeSystem/task-code\",\"code\":\"fulfill\"}]},\"focus\":{\"reference\":\""
                            + inside(random, mark) + "\"},\"for\":{\"display\":\"" + mark
                            + "\"},\"requester\":{\"reference\":\"" + inside(random, mark) + "\"}}"),
            (random, mark) -> Hostile.referral(
                    "the patient",
                    referral(mark)
                            .replace("{\"reference\": \"#p\"}", "{\"reference\": \"" + inside(random, mark) + "\"}")),
            (random, mark) -> Hostile.referral(
                    "a reason",
                    referral(mark)
                            .replace("{\"reference\": \"#c\"}", "{\"reference\": \"" + inside(random, mark) + "\"}")),
            (random, mark) -> Hostile.referral(
                    "definitions",
                    referral(
                            mark,
                            "\"instantiatesUri\":[\"" + inside(random, mark) + "\"],\"instantiatesCanonical\":[\""
                                    + inside(random, mark) + "\"],\"implicitRules\":\"" + inside(random, mark)
                                    + "\",\"meta\":{\"profile\":[\"" + inside(random, mark) + "\"],\"source\":\""
                                    + inside(random, mark) + "\"}")),
            (random, mark) -> Hostile.referral(
                    "systems",
                    referral(mark)
                            .replace("http://snomed.info/sct", inside(random, mark))
                            .replace("https://practice.example/orders", inside(random, mark))),
            (random, mark) -> Hostile.posted(
                            "to be validated",
                            "/fhir/ServiceRequest/$validate",
                            referral(
                                    mark,
                                    "\"meta\":{\"profile\":[\"" + inside(random, mark)
                                            + "\"]},\"extension\":[{\"url\":\"" + inside(random, mark)
                                            + "\",\"valueUri\":\"" + inside(random, mark) + "\"}]"))
                    .mayShow(),
            (random, mark) -> posted(
                    "the reply",
                    "/fhir/$process-message",
                    "{\"resourceType\":\"Bundle\",\"type\":\"message\",\"entry\":[{\"resource\":{\"resourceType\":\"MessageHeader\",\"eventUri\":\""
                            + inside(random, mark) + "\",\"definition\":\"" + inside(random, mark)
                            + "\",\"source\":{\"endpoint\":\"" + inside(random, mark) + "\"}}},{\"resource\":"
                            + referral(mark) + "}]}"));

    private static String inside(Random random, String mark) {
        return any(random, INSIDE).replace("%mark", mark);
    }

    static final List<Shape> PARAMETERS = List.of(
            (random, mark) -> operation(
                    random,
                    mark,
                    "[" + many(between(random, 1, 20_000), "{\"name\":\"" + mark + "\",\"valueString\":\"x\"}") + "]"),
            (random, mark) -> operation(
                    random,
                    mark,
                    "[" + "{\"name\":\"a\",\"part\":[".repeat(any(random, 5, 25, 2_000)) + "{\"name\":\"" + mark + "\"}"
                            + "]}".repeat(any(random, 5, 25, 2_000)) + "]"),
            (random, mark) -> operation(
                    random,
                    mark,
                    "[{\"name\":\"resource\",\"resource\":" + referral(mark) + "},{\"name\":\""
                            + any(random, "resource", "mode", "profile", "url", mark) + "\",\""
                            + any(random, "valueCode", "valueUri", "valueString", "value" + mark) + "\":\""
                            + any(random, "delete", "http://169.254.169.254/" + mark, mark) + "\"}]"),
            (random, mark) -> operation(
                    random,
                    mark,
                    any(
                            random,
                            "[]",
                            "{}",
                            "null",
                            "[null]",
                            "[{}]",
                            "\"" + mark + "\"",
                            "[{\"name\":\"resource\"}]",
                            "[{\"name\":\"resource\",\"resource\":{}}]",
                            "[{\"name\":\"resource\",\"resource\":{\"resourceType\":\"" + mark + "\"}}]",
                            "[{\"name\":null,\"resource\":{\"resourceType\":\"Parameters\"}}]")),
            (random, mark) -> posted(
                            "another body",
                            address(random),
                            any(
                                    random,
                                    referral(mark),
                                    "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}",
                                    "{\"resourceType\":\"Binary\",\"contentType\":\"text/html\",\"data\":\"QQ==\"}",
                                    "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + mark + "\"}]}",
                                    ""))
                    .mayShow());

    private static String address(Random random) {
        return any(
                random,
                "/fhir/ServiceRequest/$preview",
                "/fhir/$preview",
                "/fhir/ServiceRequest/$validate",
                "/fhir/Bundle/$validate",
                "/fhir/$process-message",
                "/fhir/$process-messages",
                "/fhir/ServiceRequest",
                "/fhir");
    }

    private static Hostile operation(Random random, String mark, String parameter) {
        return posted(
                        "for an operation",
                        address(random)
                                + any(
                                        random,
                                        "",
                                        "?profile=" + mark,
                                        "?mode=delete",
                                        "?async=true&response-url=http://127.0.0.1:9/" + mark),
                        "{\"resourceType\":\"Parameters\",\"parameter\":" + parameter + "}")
                .mayShow();
    }

    static final List<Shape> ANSWERS = List.of(
            (random, mark) -> answers(
                    mark,
                    "\"item\":" + "[{\"linkId\":\"a\",\"item\":".repeat(any(random, 5, 25, 2_000)) + "[]"
                            + "}]".repeat(any(random, 5, 25, 2_000))),
            (random, mark) -> answers(
                    mark,
                    "\"item\":["
                            + many(
                                    between(random, 2, 8_000),
                                    "{\"linkId\":\"" + any(random, "phq-9", mark, "1")
                                            + "\",\"answer\":[{\"valueInteger\":"
                                            + any(random, "3", "-1", "99999999999") + "}]}")
                            + "]"),
            (random, mark) -> answers(
                    mark,
                    "\"questionnaire\":\"" + any(random, INSIDE).replace("%mark", mark) + "|" + mark
                            + "\",\"item\":[{\"linkId\":\"1\",\"text\":\""
                            + any(random, SCRIPTS).replace("%mark", mark) + "\",\"answer\":[{\"valueString\":\""
                            + any(random, SCRIPTS).replace("%mark", mark) + "\"}]}]"),
            (random, mark) -> answers(
                    mark,
                    "\"item\":[{\"linkId\":\"1\",\"answer\":[{\"valueInteger\":1,\"valueString\":\"" + mark
                            + "\"},{\"valueCoding\":{\"system\":\"http://loinc.org\",\"code\":\"" + mark
                            + "\"}},{\"valueDecimal\":1e400}]}]"),
            (random, mark) -> answers(
                    mark,
                    "\"source\":{\"reference\":\"#a\"},\"basedOn\":[{\"reference\":\"#\"}],\"partOf\":[{\"reference\":\"#a\"}],\"item\":{\"linkId\":\""
                            + mark + "\"}"),
            (random, mark) -> posted(
                    "alone",
                    "/fhir/QuestionnaireResponse",
                    "{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"" + any(random, "completed", mark)
                            + "\",\"questionnaire\":\"" + any(random, INSIDE).replace("%mark", mark)
                            + "\",\"item\":[{\"linkId\":\"" + mark + "\",\"answer\":[{\"valueAttachment\":{\"url\":\""
                            + any(random, INSIDE).replace("%mark", mark) + "\"}}]}]}"));

    private static Hostile answers(String mark, String members) {
        return Hostile.referral(
                "in a referral",
                referral(mark, "\"supportingInfo\":[{\"reference\":\"#a\"}]")
                        .replace(
                                "\"contained\": [",
                                "\"contained\": [{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"a\",\"status\":\"completed\",\"subject\":{\"reference\":\"#p\"},"
                                        + members + "},"));
    }
}
