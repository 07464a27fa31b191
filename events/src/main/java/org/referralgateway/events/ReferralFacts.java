package org.referralgateway.events;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer may know of a referral without asking the API: coded facts. Who the person is, and every word that the
 * sender wrote, stays in the gateway's database.
 *
 * @param dialect the shape in which it arrived, for example {@code transaction-bundle}
 * @param priority as the gateway understands it
 * @param priorityAssumed true where the placer sent none
 * @param authoredOn when the placer signed it, as FHIR dateTime text with the precision that was sent; absent if not sent
 * @param reasons why the patient is referred
 * @param treatments drugs tried or taken
 * @param measurements scores and vital signs
 * @param completeness each item of the minimum data set
 * @param documents how many documents came along
 * @param issues what the mapper assumed, could not code or did not take over
 * @param conclusions what the clinic's rules make of it; absent in events from before there were rules
 */
public record ReferralFacts(
        String dialect,
        Urgency priority,
        boolean priorityAssumed,
        @Nullable String authoredOn,
        List<Reason> reasons,
        List<Treatment> treatments,
        List<Measurement> measurements,
        List<CompletenessItem> completeness,
        int documents,
        List<Issue> issues,
        @Nullable Conclusions conclusions) {

    public ReferralFacts {
        reasons = List.copyOf(reasons);
        treatments = List.copyOf(treatments);
        measurements = List.copyOf(measurements);
        completeness = List.copyOf(completeness);
        issues = List.copyOf(issues);
    }

    /**
     * @param system canonical URL of a code system that the gateway knows; absent where the reason is text only
     * @param code in that system
     * @param conditionGroup the clinic's category, for example {@code post-herpetic-neuralgia}; absent where none matches
     * @param evidence {@code diagnostic}, {@code supporting} or {@code context}; absent without a group
     */
    public record Reason(
            @Nullable String system,
            @Nullable String code,
            @Nullable String conditionGroup,
            @Nullable String evidence) {}

    /**
     * @param drug the ingredient as the clinic's table names it; absent where the drug is not in the table
     * @param drugClass for example {@code gabapentinoid}
     * @param status as FHIR's medication status codes
     */
    public record Treatment(
            @Nullable String drug,
            @Nullable String drugClass,
            @Nullable String status) {}

    /**
     * @param system canonical URL of the code system
     * @param unit UCUM code; absent for plain scores
     * @param effective when it was measured, as FHIR dateTime text
     */
    public record Measurement(
            String system,
            String code,
            BigDecimal value,
            @Nullable String unit,
            @Nullable String effective) {}

    /**
     * @param level {@code required}, {@code conditional} or {@code preferred}
     * @param state {@code present}, {@code missing}, {@code stale}, or {@code not-applicable} for a conditional item whose
     *     condition does not hold
     */
    public record CompletenessItem(String item, String level, String state) {

        /** True for what has to be asked for: required, or required under a condition that holds, and missing or stale. */
        public boolean mustBeAskedFor() {
            return !level.equals("preferred") && (state.equals("missing") || state.equals("stale"));
        }
    }

    /**
     * @param code stable name of the problem
     * @param expression FHIRPath of the element, with indexes and without values
     */
    public record Issue(Severity severity, String code, String expression) {}

    /** The names of the required items that are not there, or too old. */
    public List<String> missing() {
        return completeness.stream()
                .filter(CompletenessItem::mustBeAskedFor)
                .map(CompletenessItem::item)
                .toList();
    }
}
