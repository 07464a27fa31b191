package org.referralgateway.api.hostile;

import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.between;
import static org.referralgateway.api.hostile.Texts.referral;
import static org.referralgateway.api.hostile.Texts.transaction;

import java.util.List;
import java.util.Random;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** Hostile Bundles. */
final class BundleShapes {

    private BundleShapes() {}

    private static String type(Random random) {
        return any(
                random,
                "transaction",
                "batch",
                "collection",
                "document",
                "message",
                "searchset",
                "history",
                "transaction-response",
                "subscription-notification",
                "");
    }

    private static String bundle(String type, String entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}";
    }

    private static String entry(String resource, String method, String url) {
        return "{" + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",") + "\"request\":{\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}}";
    }

    private static String patient(String mark) {
        return "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"" + mark + "\"}]}";
    }

    private static Hostile bundled(String name, Random random, String body) {
        return posted(name, any(random, "/fhir", "/fhir", "/fhir", "/fhir/$process-message", "/fhir/$preview"), body)
                .mayShow();
    }

    static final List<Shape> VERBS = List.of(
            (random, mark) -> bundled(
                    "verbs",
                    random,
                    bundle(
                            any(random, "transaction", "batch"),
                            entry(referral(mark), "POST", "ServiceRequest") + ","
                                    + entry(
                                            any(random, "", patient(mark)),
                                            any(
                                                    random, "DELETE", "PATCH", "GET", "HEAD", "PUT", "delete", "TRACE",
                                                    "", mark),
                                            any(
                                                    random,
                                                    "Patient/" + mark,
                                                    "Patient?name=" + mark,
                                                    "ServiceRequest",
                                                    "",
                                                    "/",
                                                    "https://evil.example/Patient/1",
                                                    "../Patient",
                                                    "Patient/p/_history/1",
                                                    "$expunge",
                                                    "metadata")))),
            (random, mark) -> {
                var inner =
                        bundle(any(random, "batch", "transaction"), entry(referral(mark), "POST", "ServiceRequest"));
                int depth = between(random, 1, 20);
                for (int i = 0; i < depth; i++) {
                    inner = bundle(
                            any(random, "batch", "transaction"), entry(inner, "POST", any(random, "", "Bundle", "/")));
                }
                return bundled("nested", random, inner);
            },
            (random, mark) -> bundled(
                    "nothing in it",
                    random,
                    any(
                            random,
                            bundle(type(random), ""),
                            bundle(type(random), "{}"),
                            bundle(type(random), "{},{},{}"),
                            bundle(type(random), "null"),
                            "{\"resourceType\":\"Bundle\"}",
                            "{\"resourceType\":\"Bundle\",\"type\":\"" + type(random) + "\",\"entry\":{}}",
                            bundle(type(random), "{\"resource\":null}"),
                            bundle(type(random), "{\"resource\":{\"resourceType\":\"Bundle\"}}"),
                            bundle(type(random), "{\"fullUrl\":\"" + mark + "\"}"),
                            bundle(type(random), entry("", "POST", "ServiceRequest")))),
            (random, mark) -> bundled(
                    "another type", random, transaction(mark).replace("\"transaction\"", "\"" + type(random) + "\"")),
            (random, mark) -> bundled(
                    "the same twice",
                    random,
                    bundle(
                            any(random, "transaction", "batch", "collection"),
                            Texts.many(
                                    between(random, 2, 40),
                                    entry(
                                            referral(mark),
                                            any(random, "POST", "PUT"),
                                            any(random, "ServiceRequest", "ServiceRequest/" + mark))))),
            (random, mark) -> bundled(
                    "answers",
                    random,
                    bundle(
                            type(random),
                            "{\"resource\":" + referral(mark) + ",\"response\":{\"status\":\""
                                    + any(random, "200", mark, "") + "\",\"location\":\"" + mark
                                    + "\"},\"search\":{\"mode\":\"match\",\"score\":1e99}}")));

    static final List<Shape> LINKS = List.of(
            (random, mark) -> bundled(
                    "one full URL for all",
                    random,
                    transaction(mark)
                            .replaceAll(
                                    "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-00000000000[0-9]",
                                    any(
                                            random,
                                            "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001",
                                            "urn:uuid:" + mark,
                                            "",
                                            "#p",
                                            "Patient/p",
                                            "https://evil.example/Patient/" + mark))),
            (random, mark) -> bundled(
                    "in a circle",
                    random,
                    bundle(
                            any(random, "transaction", "batch", "collection"),
                            circle(
                                    mark,
                                    between(random, 1, 60),
                                    any(random, "basedOn", "replaces", "reasonReference", "supportingInfo")))),
            (random, mark) -> bundled(
                    "to nothing",
                    random,
                    transaction(mark)
                            .replace(
                                    "\"reference\": \"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001\"",
                                    "\"reference\": \""
                                            + any(
                                                    random,
                                                    "urn:uuid:" + mark,
                                                    "Patient?identifier=urn:x|" + mark,
                                                    "#" + mark,
                                                    "Patient/" + mark + "/_history/x",
                                                    "urn:oid:1",
                                                    "?",
                                                    "%00",
                                                    "\\u0000",
                                                    "Patient/\\u0000",
                                                    "/",
                                                    "mailto:" + mark,
                                                    "javascript:" + mark,
                                                    "Group/1")
                                            + "\"")),
            (random, mark) -> bundled(
                    "a condition for a reference",
                    random,
                    transaction(mark)
                            .replace(
                                    "\"url\": \"Patient\"",
                                    "\"url\": \"Patient\", \"ifNoneExist\": \""
                                            + any(
                                                    random,
                                                    "identifier=" + mark,
                                                    "name=" + mark,
                                                    "identifier=a|b&x",
                                                    "%",
                                                    "\\u0000")
                                            + "\"")),
            (random, mark) -> bundled(
                    "subjects of each other",
                    random,
                    transaction(mark)
                            .replace(
                                    "\"birthDate\": \"1980-01-31\"",
                                    "\"link\":[{\"other\":{\"reference\":\"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001\"},\"type\":\"seealso\"}],\"generalPractitioner\":[{\"reference\":\"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000003\"}]")),
            (random, mark) -> bundled(
                    "a task about itself",
                    random,
                    transaction(mark)
                            .replace(
                                    "\"focus\": {\"reference\": \"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000003\"}",
                                    "\"focus\": {\"reference\": \"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000004\"},\"partOf\":[{\"reference\":\"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000004\"}]")),
            (random, mark) -> bundled(
                    "a message about itself",
                    random,
                    bundle(
                            "message",
                            "{\"fullUrl\":\"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000009\",\"resource\":{\"resourceType\":\"MessageHeader\",\"eventCoding\":{\"system\":\"urn:"
                                    + mark + "\",\"code\":\"" + any(random, "servicerequest-request", mark, "")
                                    + "\"},\"source\":{\"endpoint\":\"http://169.254.169.254/" + mark
                                    + "\"},\"destination\":[{\"endpoint\":\"file:///etc/passwd\"}],\"response\":{\"identifier\":\""
                                    + mark + "\",\"code\":\"ok\"},\"focus\":[{\"reference\":\""
                                    + any(random, "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000009", mark, "")
                                    + "\"}]}},{\"fullUrl\":\"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-00000000000a\",\"resource\":"
                                    + referral(mark) + "}")));

    private static String circle(String mark, int of, String by) {
        var entries = new StringBuilder();
        for (int i = 0; i < of; i++) {
            var one = referral(
                    mark,
                    "\"" + by + "\":[{\"reference\":\"urn:uuid:0b1f0c1e-2222-4a4a-8a8a-"
                            + "%012d".formatted((i + 1) % of) + "\"}]");
            entries.append(i == 0 ? "" : ",")
                    .append("{\"fullUrl\":\"urn:uuid:0b1f0c1e-2222-4a4a-8a8a-")
                    .append("%012d".formatted(i))
                    .append("\",\"resource\":")
                    .append(
                            by.equals("reasonReference")
                                    ? one.replace("\"reasonReference\": [{\"reference\": \"#c\"}]", "\"x\": 1")
                                            .replace(",\n  \"x\": 1", "")
                                    : one)
                    .append(",\"request\":{\"method\":\"POST\",\"url\":\"ServiceRequest\"}}");
        }
        return entries.toString();
    }
}
