package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Allergy;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.How;

/** Allergies and intolerances, and the statement that there are none. */
final class AllergyMapping {

    private final Belongings belongings;
    private final Trace trace;

    AllergyMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<Allergy> allergies() {
        var allergies = new ArrayList<Allergy>();
        for (var found : belongings.all(AllergyIntolerance.class)) {
            if ("entered-in-error".equals(Reasons.firstCode(found.resource().getVerificationStatus()))) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else {
                var row = trace.row("allergies[" + allergies.size() + "]", found.path());
                allergies.add(allergy(found.resource(), row));
            }
        }
        return allergies;
    }

    private static Allergy allergy(AllergyIntolerance allergy, Row row) {
        return new Allergy(
                concept(allergy, row),
                row.copied("clinicalStatus", "clinicalStatus", Reasons.firstCode(allergy.getClinicalStatus())),
                row.copied(
                        "verificationStatus", "verificationStatus", Reasons.firstCode(allergy.getVerificationStatus())),
                row.copied("criticality", "criticality", Concepts.code(allergy.getCriticalityElement())),
                row.copied("kind", "type", Concepts.code(allergy.getTypeElement())),
                reactions(allergy, row),
                row.copied("onset", "onset", Periods.onset(allergy.getOnset())),
                row.notes("note", allergy.getNote()));
    }

    /** What is reacted to, with the codes of what the reactions were to: "drug allergy" may say no more than that. */
    private static Concept concept(AllergyIntolerance allergy, Row row) {
        var concept = row.copied("concept", "code", Concepts.of(allergy.getCode()));
        var codes = new ArrayList<>(concept.codes());
        for (int i = 0; i < allergy.getReaction().size(); i++) {
            var substance = Concepts.of(allergy.getReaction().get(i).getSubstance());
            if (!substance.codes().isEmpty() && !codes.containsAll(substance.codes())) {
                codes.addAll(substance.codes());
                row.say("concept", "reaction[" + i + "].substance", How.COPIED);
            }
        }
        return new Concept(codes, concept.text());
    }

    private static @Nullable String reactions(AllergyIntolerance allergy, Row row) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < allergy.getReaction().size(); i++) {
            var text = row.computed(
                    "reactions",
                    "reaction[" + i + "]",
                    text(allergy.getReaction().get(i)));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts.isEmpty() ? null : String.join("; ", texts);
    }

    private static @Nullable String text(AllergyIntoleranceReactionComponent reaction) {
        var manifestations = reaction.getManifestation().stream()
                .map(manifestation -> Concepts.of(manifestation).label())
                .filter(label -> !label.isEmpty());
        return Values.nonBlank(Stream.of(
                        Stream.of(Concepts.of(reaction.getSubstance()).label()).filter(label -> !label.isEmpty()),
                        manifestations,
                        Stream.ofNullable(Concepts.code(reaction.getSeverityElement())),
                        Stream.ofNullable(reaction.getDescription()))
                .flatMap(texts -> texts)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", ")));
    }
}
