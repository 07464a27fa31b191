package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.clinical.tables.ConditionTable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Form;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Problem;
import org.referralgateway.mapper.Referral.Reason;

/**
 * Why the patient is referred. Asked for in this order, each only where the ones before said nothing: the request's
 * reasonCode and reasonReference; what its CarePlan addresses (BaRS); the diagnoses of its Claim (PAS); the Conditions of a
 * Composition's section about the reason; the Task's reason; the Conditions that came along; a
 * diagnosis in a form; the CarePlan's narrative; the section's text; the note. Source: the reference notes, section 4.9.
 */
final class ReasonMapping {

    /** SNOMED CT: presenting complaint. */
    private static final String PRESENTING_COMPLAINT = "33962009";

    private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
    private static final int LONGEST_REASON = 300;

    private final ServiceRequest request;
    private final String path;
    private final Belongings belongings;
    private final Trace trace;
    private final Reasons reasons;
    private final Set<Resource> used = new HashSet<>();

    ReasonMapping(ServiceRequest request, String path, Belongings belongings, ConditionTable table, Trace trace) {
        this.request = request;
        this.path = path;
        this.belongings = belongings;
        this.trace = trace;
        this.reasons = new Reasons(table, trace, request.getBodySite(), path);
    }

    /**
     * @param notes what was written to the clinic
     * @param forms that were filled in
     */
    List<Reason> reasons(List<String> notes, List<Form> forms) {
        for (int i = 0; i < request.getReasonCode().size(); i++) {
            add(Concepts.of(request.getReasonCode().get(i)), path + ".reasonCode[" + i + "]");
        }
        for (int i = 0; i < request.getReasonReference().size(); i++) {
            referenced(request, request.getReasonReference().get(i), path + ".reasonReference[" + i + "]");
        }
        elsewhere(notes, forms);
        if (reasons.found().stream().noneMatch(reason -> reason.conditionGroup() != null)) {
            inTheVisit();
        }
        if (reasons.isEmpty()) {
            trace.warning(
                    IssueCode.REASON_MISSING,
                    path + ".reasonCode",
                    "No reason was sent. Add the pain diagnosis as reasonCode, or as reasonReference to a Condition.");
        }
        return reasons.found();
    }

    private void elsewhere(List<String> notes, List<Form> forms) {
        List<Runnable> places = List.of(
                this::inCarePlans,
                this::inClaims,
                this::inSections,
                this::inTasks,
                this::inConditions,
                () -> inForms(forms),
                this::inOutcomes,
                this::inSectionTexts,
                () -> inNotes(notes));
        for (var place : places) {
            if (reasons.isEmpty()) {
                place.run();
            }
        }
    }

    private void add(Concept concept, String source) {
        var text = concept.text();
        if (text != null && PlainText.isMarkup(text)) {
            reasons.add(new Concept(concept.codes(), PlainText.of(text)), source, How.COMPUTED);
        } else {
            reasons.add(concept, source, How.COPIED);
        }
    }

    private void referenced(Resource from, Reference reference, String here) {
        var resolved = belongings.resolve(from, reference).orElse(null);
        if (resolved != null && resolved.resource() instanceof Condition) {
            condition(Found.of(resolved, Condition.class));
        } else if (resolved != null && !Concepts.isEmpty(said(resolved.resource()))) {
            trace.copied("reasons[" + reasons.found().size() + "]", here);
            reasons.add(said(resolved.resource()), resolved.path() + element(resolved.resource()), How.COMPUTED);
        } else if (reference.hasDisplay()) {
            reasons.add(new Concept(List.of(), reference.getDisplay()), here + ".display", How.COPIED);
        } else if (resolved == null) {
            trace.warning(
                    IssueCode.REFERENCE_UNRESOLVED,
                    here + ".reference",
                    "The reference resolves to nothing in this request or among what you sent before. Include the"
                            + " Condition.");
        }
    }

    /** A finding, a report or a letter that is named as the reason: what it says in a few words. */
    private static Concept said(Resource resource) {
        return switch (resource) {
            case Observation observation ->
                with(Concepts.of(observation.getCode()), Values.text(observation.getValue()));
            case DiagnosticReport report -> with(Concepts.of(report.getCode()), report.getConclusion());
            case DocumentReference document -> with(Concepts.of(document.getType()), document.getDescription());
            default -> Concepts.NOTHING;
        };
    }

    private static String element(Resource resource) {
        return resource instanceof DocumentReference ? ".type" : ".code";
    }

    private static Concept with(Concept concept, @Nullable String value) {
        return value == null || value.isBlank()
                ? concept
                : new Concept(concept.codes(), (concept.label() + ": " + value).replaceFirst("^: ", ""));
    }

    private boolean condition(Found<Condition> found) {
        boolean saysNothing = Concepts.isEmpty(Concepts.of(found.resource().getCode()));
        if (saysNothing || isWithdrawn(found.resource()) || !used.add(found.resource())) {
            return false;
        }
        reasons.add(found);
        return true;
    }

    private void inCarePlans() {
        for (var plan : CarePlans.of(request, belongings)) {
            var addressed = plan.resource().getAddresses();
            for (int i = 0; i < addressed.size(); i++) {
                belongings
                        .resolve(plan.resource(), addressed.get(i), Condition.class)
                        .ifPresent(this::condition);
            }
        }
    }

    /**
     * What the reason says may be the purpose only ("to confirm"): then the diagnosis is that of the visit out of which the
     * patient was referred (Chile).
     */
    private void inTheVisit() {
        belongings
                .resolve(request, request.getEncounter(), Encounter.class)
                .ifPresent(visit -> visit.resource()
                        .getDiagnosis()
                        .forEach(diagnosis -> belongings
                                .resolve(visit.resource(), diagnosis.getCondition(), Condition.class)
                                .filter(found -> isKnown(found.resource()) && !isOver(found.resource()))
                                .filter(this::condition)
                                .ifPresent(found -> fromTheVisit(found.path()))));
    }

    private boolean isKnown(Condition condition) {
        return Concepts.of(condition.getCode()).codes().stream().anyMatch(reasons::isKnown);
    }

    private void fromTheVisit(String source) {
        trace.assumed(reasons.last(), source);
        trace.warning(
                IssueCode.REASON_ASSUMED,
                path + ".reasonCode",
                "No reason that was sent is a diagnosis of the clinic's; the diagnosis of the visit was added. Send it as"
                        + " reasonReference.");
    }

    private void inClaims() {
        for (var claim : belongings.all(Claim.class)) {
            var diagnoses = claim.resource().getDiagnosis();
            for (int i = 0; i < diagnoses.size(); i++) {
                diagnosis(claim.resource(), diagnoses.get(i).getDiagnosis(), claim.path() + ".diagnosis[" + i + "]");
            }
        }
    }

    private void diagnosis(Claim claim, @Nullable Type diagnosis, String here) {
        switch (diagnosis) {
            case org.hl7.fhir.r4.model.CodeableConcept concept -> add(Concepts.of(concept), here + ".diagnosis");
            case Reference reference -> referenced(claim, reference, here + ".diagnosis");
            case null, default -> {
                // nothing that R4 allows here
            }
        }
    }

    private void inSections() {
        for (var composition : belongings.all(Composition.class)) {
            Sections.aboutTheReason(
                    composition,
                    (section, here) -> section.getEntry().stream()
                            .flatMap(entry ->
                                    belongings.resolve(composition.resource(), entry, Condition.class).stream())
                            .forEach(this::condition));
        }
    }

    private void inTasks() {
        for (var task : belongings.tasks()) {
            add(Concepts.of(task.resource().getReasonCode()), task.path() + ".reasonCode");
            if (task.resource().hasReasonReference()) {
                referenced(task.resource(), task.resource().getReasonReference(), task.path() + ".reasonReference");
            }
        }
    }

    private void inConditions() {
        var candidates = belongings.all(Condition.class).stream()
                .filter(found -> !isOver(found.resource()))
                .toList();
        var presented = candidates.stream()
                .filter(found -> isPresentingComplaint(found.resource()))
                .toList();
        for (var found : presented.isEmpty() ? candidates : presented) {
            if (condition(found)) {
                assumed(
                        found.path(),
                        "The Conditions that came along were taken as the reason. Name the one you mean.");
            }
        }
    }

    private static boolean isPresentingComplaint(Condition condition) {
        return condition.getCategory().stream()
                .anyMatch(category -> Concepts.has(Concepts.of(category), CodeSystems.SNOMED_CT, PRESENTING_COMPLAINT));
    }

    private static boolean isOver(Condition condition) {
        var clinical = Reasons.firstCode(condition.getClinicalStatus());
        return (clinical != null && OVER.contains(clinical))
                || "refuted".equals(Reasons.firstCode(condition.getVerificationStatus()));
    }

    /** A diagnosis that the clinic's table has, as the answer to a question. */
    private void inForms(List<Form> forms) {
        for (int i = 0; i < forms.size(); i++) {
            var answers = forms.get(i).answers();
            for (int k = 0; k < answers.size(); k++) {
                var code = answers.get(k).code();
                if (code != null && reasons.isKnown(code)) {
                    var source = trace.sourceOf("forms[" + i + "].answers[" + k + "]");
                    reasons.add(new Concept(List.of(code), answers.get(k).answer()), source, How.COPIED);
                    assumed(source, "A diagnosis in a form was taken as the reason. Send it as reasonCode.");
                }
            }
        }
    }

    private void inOutcomes() {
        for (var plan : CarePlans.of(request, belongings)) {
            CarePlans.outcomes(plan, (concept, here) -> {
                if (concept.hasText() && reasons.isEmpty()) {
                    text(concept.getText(), here + ".text", "the narrative of the CarePlan");
                }
            });
        }
    }

    private void inSectionTexts() {
        for (var composition : belongings.all(Composition.class)) {
            Sections.aboutTheReason(composition, (section, here) -> {
                var text = Sections.text(section);
                if (text != null) {
                    text(text, here + ".text", "the letter's section about the reason");
                }
            });
        }
    }

    private void inNotes(List<String> notes) {
        if (!notes.isEmpty()) {
            text(notes.getFirst(), trace.sourceOf("notes[0]"), "the note");
        }
    }

    private void text(String text, String source, String where) {
        reasons.add(new Concept(List.of(), shortened(PlainText.of(text))), source, How.ASSUMED);
        assumed(source, "The beginning of " + where + " was taken as the reason. Send the diagnosis as reasonCode.");
    }

    /** A long text stays whole where it was; the reason is what it begins with. */
    private static String shortened(String text) {
        if (text.length() <= LONGEST_REASON) {
            return text;
        }
        int space = text.lastIndexOf(' ', LONGEST_REASON);
        return text.substring(0, space > 0 ? space : LONGEST_REASON) + " […]";
    }

    private void assumed(String source, String what) {
        trace.assumed(reasons.last(), source);
        if (reasons.found().size() == 1) {
            trace.warning(IssueCode.REASON_ASSUMED, path + ".reasonCode", "No reason was sent. " + what);
        }
    }

    private static boolean isWithdrawn(Condition condition) {
        return "entered-in-error".equals(Reasons.firstCode(condition.getVerificationStatus()));
    }

    /** The Conditions that are not a reason. */
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (var found : belongings.all(Condition.class)) {
            if (isWithdrawn(found.resource())) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else if (!used.contains(found.resource())) {
                problems.add(problem(found, "problems[" + problems.size() + "]"));
            }
        }
        return problems;
    }

    private Problem problem(Found<Condition> found, String field) {
        var condition = found.resource();
        var row = trace.row(field, found.path());
        var concept = row.copied("concept", "code", Concepts.of(condition.getCode()));
        var details = Reasons.Details.of(condition, row);
        return new Problem(
                concept,
                details.clinicalStatus(),
                details.verificationStatus(),
                details.onset(),
                row.copied("abatement", "abatement", Periods.onset(condition.getAbatement())),
                details.severity(),
                details.note());
    }
}
