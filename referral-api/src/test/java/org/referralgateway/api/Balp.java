package org.referralgateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The rules of IHE's Basic Audit Log Patterns for what went well, taken from the profiles' own definitions (IHE
 * ITI.BasicAudit, {@code PatientCreate.fsh}, {@code PatientRead.fsh}, {@code PatientUpdate.fsh} and {@code PatientQuery.fsh}),
 * and what FHIR R4 asks of every AuditEvent. Says what is broken.
 */
final class Balp {

    private static final String PREFIX = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM|";
    private static final String SOURCE = DCM + "110153";
    private static final String DESTINATION = DCM + "110152";
    private static final String REST = "http://hl7.org/fhir/restful-interaction|";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType|";
    private static final String ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type|";
    private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role|";

    private record Pattern(String action, Set<String> subtypes, String client, String server, Set<String> user) {}

    private static final Set<String> SOURCES =
            Set.of(PARTICIPATION + "AUT", PARTICIPATION + "INF", PARTICIPATION + "CST");
    private static final Set<String> RECIPIENT = Set.of(PARTICIPATION + "IRCP");

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "Create", new Pattern("C", Set.of(REST + "create"), SOURCE, DESTINATION, SOURCES),
            "Read", new Pattern("R", Set.of(REST + "read", REST + "vread"), DESTINATION, SOURCE, RECIPIENT),
            "Update", new Pattern("U", Set.of(REST + "update", REST + "patch"), SOURCE, DESTINATION, SOURCES),
            "Query",
                    new Pattern(
                            "E",
                            Set.of(REST + "search", REST + "search-type", REST + "search-system"),
                            SOURCE,
                            DESTINATION,
                            RECIPIENT));

    private final JsonNode event;
    private final List<String> broken = new ArrayList<>();

    private Balp(JsonNode event) {
        this.event = event;
    }

    static List<String> broken(JsonNode event) {
        var check = new Balp(event);
        check.base();
        var profile = event.at("/meta/profile/0").asString("");
        if (profile.isEmpty()) {
            return check.broken;
        }
        var name = profile.replace(PREFIX, "");
        boolean ofPatient = name.startsWith("Patient");
        var pattern = PATTERNS.get(name.replaceFirst("^Patient", ""));
        check.need(pattern != null, "unknown profile " + profile);
        if (pattern != null) {
            check.pattern(pattern, name.endsWith("Query"), ofPatient);
        }
        return check.broken;
    }

    private void base() {
        need(event.at("/type/code").asString("").equals("rest"), "type is rest");
        need(event.has("recorded"), "recorded");
        need(event.at("/source/observer").isObject(), "source.observer");
        for (var agent : event.path("agent")) {
            need(agent.has("requestor"), "agent.requestor");
        }
        for (var entity : event.path("entity")) {
            // sev-1: a name or a query, not both
            need(!(entity.has("name") && entity.has("query")), "sev-1");
        }
    }

    private void pattern(Pattern pattern, boolean query, boolean ofPatient) {
        need(event.path("outcome").asString("").equals("0"), "outcome is success");
        need(event.path("action").asString("").equals(pattern.action()), "action " + pattern.action());
        need(
                event.path("subtype")
                        .valueStream()
                        .anyMatch(one -> pattern.subtypes().contains(code(one))),
                "subtype");
        var client = agents(Set.of(pattern.client()));
        var server = agents(Set.of(pattern.server()));
        need(event.path("agent").size() >= 2 && client.size() == 1 && server.size() == 1, "one client, one server");
        for (var machine : List.of(client, server)) {
            machine.forEach(agent -> {
                need(agent.has("who"), "who of a machine");
                need(agent.at("/network/address").isString(), "network of a machine");
                need(!agent.has("media"), "no media");
            });
        }
        for (var agent : event.path("agent")) {
            if (!client.contains(agent) && !server.contains(agent)) {
                need(pattern.user().contains(code(agent.at("/type/coding/0"))), "type of the user");
                need(agent.has("who") && agent.path("requestor").asBoolean(false), "the user requests");
                need(!agent.has("network") && !agent.has("media"), "no network of the user");
            }
        }
        entities(query, ofPatient);
    }

    private void entities(boolean query, boolean ofPatient) {
        var objects = entities(ENTITY + "2");
        need(objects.size() == 1, "one object");
        objects.forEach(object -> {
            var role = code(object.path("role"));
            if (query) {
                need(role.equals(ROLE + "24") && object.has("query"), "the query");
                need(!object.has("what") && !object.has("lifecycle") && !object.has("detail"), "only the query");
            } else {
                need(Set.of(ROLE + "4", ROLE + "3", ROLE + "20").contains(role) && object.has("what"), "the object");
            }
        });
        var transactions = event.path("entity")
                .valueStream()
                .filter(one -> one.at("/type/code").asString("").equals("XrequestId"))
                .toList();
        need(transactions.size() <= 1, "at most one request id");
        transactions.forEach(one -> need(one.at("/what/identifier/value").isString(), "request id"));
        var patients = entities(ENTITY + "1");
        need(patients.size() == (ofPatient ? 1 : 0), "patient");
        patients.forEach(patient -> {
            need(code(patient.path("role")).equals(ROLE + "1"), "role of the patient");
            need(
                    patient.at("/what/reference").asString("").startsWith("Patient/")
                            || patient.at("/what/type").asString("").equals("Patient")
                                    && patient.at("/what/identifier/value").isString(),
                    "reference to the patient");
        });
    }

    private List<JsonNode> agents(Set<String> types) {
        return event.path("agent")
                .valueStream()
                .filter(agent -> types.contains(code(agent.at("/type/coding/0"))))
                .toList();
    }

    private List<JsonNode> entities(String type) {
        return event.path("entity")
                .valueStream()
                .filter(one -> code(one.path("type")).equals(type))
                .toList();
    }

    private static String code(JsonNode coding) {
        return coding.path("system").asString("") + "|" + coding.path("code").asString("");
    }

    private void need(boolean well, String what) {
        if (!well) {
            broken.add(what);
        }
    }
}
