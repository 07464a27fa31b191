package org.referralgateway.api.access;

import static org.referralgateway.api.access.Role.ADMINISTRATOR;
import static org.referralgateway.api.access.Role.AUDITOR;
import static org.referralgateway.api.access.Role.CLINICIAN;
import static org.referralgateway.api.access.Role.COORDINATOR;
import static org.referralgateway.api.access.Role.OPERATOR;
import static org.referralgateway.api.access.Rule.anyPerson;
import static org.referralgateway.api.access.Rule.anyone;
import static org.referralgateway.api.access.Rule.eachEntry;
import static org.referralgateway.api.access.Rule.fhir;
import static org.referralgateway.api.access.Rule.people;
import static org.referralgateway.api.access.Rule.route;
import static org.referralgateway.api.access.Rule.sender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.referralgateway.api.access.Rule.Allowed;
import org.referralgateway.api.access.Rule.Operation;

/**
 * The one table of who may do what. The checks, the documentation ({@code deploy/docs/access.md}) and the tests come from it.
 * What is not in it is refused, and a route or FHIR method without a row fails the build.
 */
public final class Policy {

    /** Types that a sender may send ahead of a referral and read back. */
    private static final List<String> PARTS = List.of(
            "AllergyIntolerance",
            "Condition",
            "Coverage",
            "DocumentReference",
            "Medication",
            "MedicationRequest",
            "MedicationStatement",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "QuestionnaireResponse");

    private static final List<Rule> RULES = rules();
    private static final Map<Operation, Rule> BY_OPERATION =
            RULES.stream().collect(Collectors.toUnmodifiableMap(Rule::operation, Function.identity()));

    private Policy() {}

    private static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        rules.addAll(ofSenders());
        rules.addAll(ofPeople());
        rules.addAll(ofEverybody());
        return List.copyOf(rules);
    }

    private static List<Rule> ofSenders() {
        var rules = new ArrayList<Rule>(List.of(
                fhir("send a referral", "create", "ServiceRequest", sender("system/ServiceRequest.c")),
                fhir("amend a referral or call it off", "update", "ServiceRequest", sender("system/ServiceRequest.u")),
                fhir("read a referral", "read", "ServiceRequest", sender("system/ServiceRequest.r")),
                fhir("read a version of it", "vread", "ServiceRequest", sender("system/ServiceRequest.r")),
                fhir("find referrals", "search-type", "ServiceRequest", sender("system/ServiceRequest.s")),
                fhir("read the receipt again", "$receipt", "ServiceRequest", sender("system/ServiceRequest.r")),
                fhir(
                        "a form for what is missing",
                        "$questionnaire",
                        "ServiceRequest",
                        sender("system/ServiceRequest.r")),
                fhir("the data of an event", "$open-event", "ServiceRequest", sender("system/ServiceRequest.r")),
                fhir("dry run of a referral", "$preview", "ServiceRequest", eachEntry()),
                fhir("dry run of anything", "$preview", "", eachEntry()),
                fhir("check a referral", "$validate", "ServiceRequest", sender()),
                fhir("check a Bundle", "$validate", "Bundle", sender()),
                // Such a Task opens the referral that it points to.
                fhir("refer by reference", "create", "Task", sender("system/Task.c", "system/ServiceRequest.c")),
                fhir("read how far it is", "read", "Task", sender("system/Task.r")),
                fhir("find out how far they are", "search-type", "Task", sender("system/Task.s")),
                fhir("send a transaction or batch", "transaction", "", eachEntry()),
                fhir("send a message", "$process-message", "", eachEntry()),
                fhir("send a message", "$process-messages", "", eachEntry())));
        for (var type : PARTS) {
            rules.add(fhir("send it ahead", "create", type, sender("system/" + type + ".c")));
            rules.add(fhir("send it ahead under an id of one's own", "update", type, sender("system/" + type + ".u")));
            rules.add(fhir("read it back", "read", type, sender("system/" + type + ".r")));
            rules.add(fhir("read a version of it", "vread", type, sender("system/" + type + ".r")));
        }
        return rules;
    }

    private static List<Rule> ofPeople() {
        return List.of(
                route("the start page", "GET", "/", people(Role.values())),
                route("the worklist", "GET", "/worklist", people(COORDINATOR, CLINICIAN)),
                route("a task", "GET", "/worklist/tasks/{task}", people(COORDINATOR, CLINICIAN)),
                route("take a task", "POST", "/worklist/tasks/{task}/claim", people(COORDINATOR, CLINICIAN)),
                route("give it back", "POST", "/worklist/tasks/{task}/release", people(COORDINATOR, CLINICIAN)),
                route("be done with it", "POST", "/worklist/tasks/{task}/complete", people(COORDINATOR, CLINICIAN)),
                route("accept a referral", "POST", "/worklist/tasks/{task}/accept", people(COORDINATOR, CLINICIAN)),
                route("the form to decline", "GET", "/worklist/tasks/{task}/decline", people(COORDINATOR, CLINICIAN)),
                route("decline a referral", "POST", "/worklist/tasks/{task}/decline", people(COORDINATOR, CLINICIAN)),
                route("the form to ask", "GET", "/worklist/tasks/{task}/ask", people(COORDINATOR, CLINICIAN)),
                route("ask the sender", "POST", "/worklist/tasks/{task}/ask", people(COORDINATOR, CLINICIAN)),
                route("a referral", "GET", "/referrals/{id}", people(COORDINATOR, CLINICIAN)),
                route("a referral as it was sent", "GET", "/referrals/{id}/payload", people(COORDINATOR, CLINICIAN)),
                route("what waits", "GET", "/waiting", people(COORDINATOR, CLINICIAN)),
                route("events and trail", "GET", "/log", people(AUDITOR, OPERATOR)),
                route("what is new in it", "GET", "/log/news", people(AUDITOR, OPERATOR)),
                route("the life of a referral", "GET", "/log/referrals/{id}", people(AUDITOR, OPERATOR)),
                route("verify the trail", "POST", "/log/verify", people(AUDITOR, OPERATOR)),
                route("the proof of a row", "GET", "/audit/inclusion", people(AUDITOR, OPERATOR)),
                route("the trail with its verifier", "GET", "/audit/export", people(AUDITOR)),
                route("the trail as AuditEvents", "GET", "/audit/events.ndjson", people(AUDITOR)),
                route(
                        "let a parked record go on",
                        "POST",
                        "/log/parked/{topic}/{partition}/{offset}/release",
                        people(OPERATOR)),
                route(
                        "put a parked record away",
                        "POST",
                        "/log/parked/{topic}/{partition}/{offset}/discard",
                        people(OPERATOR)),
                fhir("a row of the trail as AuditEvent", "read", "AuditEvent", people(AUDITOR)),
                fhir("the trail as AuditEvents", "search-type", "AuditEvent", people(AUDITOR)),
                route("who may log in, and as what", "GET", "/people", people(ADMINISTRATOR)),
                route("open an account", "POST", "/people", people(ADMINISTRATOR)),
                route("give somebody other roles", "POST", "/people/{login}/roles", people(ADMINISTRATOR)),
                route("give somebody a new first password", "POST", "/people/{login}/reset", people(ADMINISTRATOR)),
                route("close an account", "POST", "/people/{login}/close", people(ADMINISTRATOR)),
                route("open a closed account again", "POST", "/people/{login}/reopen", people(ADMINISTRATOR)),
                route("who was erased", "GET", "/erasures", people(ADMINISTRATOR)),
                route("erase the person of a referral", "POST", "/erasures", people(ADMINISTRATOR)),
                route("one's own account", "GET", "/account", anyPerson()),
                route("change one's password", "POST", "/account/password", anyPerson()),
                route("end one's other sessions", "POST", "/account/sessions/end", anyPerson()),
                route("the login", "GET", "/login", anyone()),
                route("log in", "POST", "/login", anyone()),
                route("be sent to the identity provider", "GET", "/login/with/{provider}", anyone()),
                route("come back from it", "GET", "/login/from/{provider}", anyone()),
                route("log out", "POST", "/logout", anyone()));
    }

    private static List<Rule> ofEverybody() {
        return List.of(
                fhir("what the server offers", "metadata", "", anyone()),
                fhir("the definition of an operation", "read", "OperationDefinition", anyone()),
                route("the guide", "GET", "/ig", anyone()),
                route("the guide as a package", "GET", "/ig/package.tgz", anyone()),
                route("a file of the guide", "GET", "/ig/files/{name}", anyone()),
                route("a file of the guide", "GET", "/ig/files/{folder}/{name}", anyone()),
                // Hashes and signatures: the more people keep them, the better.
                route("style and script of the pages", "GET", "/assets/**", anyone()),
                route("that it went wrong", "*", "/error", anyone()),
                // Hashes and signatures: they tell of nobody, and who checks them need not be known.
                route("the key of the trail", "GET", "/audit/key", anyone()),
                route("a checkpoint of the trail", "GET", "/audit/checkpoint", anyone()),
                route("that one checkpoint continues another", "GET", "/audit/consistency", anyone()),
                route("countersign a checkpoint", "POST", "/audit/cosignatures", anyone()),
                route("whether it lives", "GET", "/livez", anyone()),
                route("whether it is ready", "GET", "/readyz", anyone()));
    }

    public static List<Rule> all() {
        return RULES;
    }

    /** Every scope that some row asks for, for those who want to know what there is. */
    static List<String> scopes() {
        var types = new ArrayList<>(List.of("ServiceRequest", "Task"));
        types.addAll(PARTS);
        var scopes = new ArrayList<>(List.of("system/*.cruds"));
        for (var type : types) {
            var rights = RULES.stream()
                    .map(Rule::allowed)
                    .filter(Allowed.Sender.class::isInstance)
                    .flatMap(allowed -> ((Allowed.Sender) allowed).scopes().stream())
                    .filter(scope -> scope.type().equals(type))
                    .flatMap(scope -> scope.rights().stream())
                    .collect(Collectors.toSet());
            scopes.add(new Scope(type, rights).text());
        }
        return List.copyOf(scopes);
    }

    static Optional<Rule> of(Operation operation) {
        return Optional.ofNullable(BY_OPERATION.get(operation));
    }
}
