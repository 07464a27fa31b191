package org.referralgateway.clinical;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.Chart.Diagnosis;
import org.referralgateway.clinical.ClinicalPolicy.Item;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.events.Conclusions.Indication;
import org.referralgateway.events.Conclusions.OpioidDose;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Measurement;
import org.referralgateway.mapper.Referral.Party;

/**
 * Compares a referral with the clinic's minimum data set: present, missing, stale, or not applicable where an item is asked
 * for under a condition that does not hold. Missing items never refuse a referral. Source: the clinic's reference notes,
 * section 2; which items, how strictly and for how long is in the policy.
 */
final class CompletenessRules {

    static final String PRESENT = "present";
    static final String MISSING = "missing";
    static final String STALE = "stale";
    static final String NOT_APPLICABLE = "not-applicable";

    private static final String CHEMOTHERAPY = "chemotherapy-induced-neuropathy";
    private static final String PHANTOM = "phantom-limb-pain";
    private static final String CORD = "spinal-cord-injury";
    private static final Set<String> INTENTS =
            Set.of("directive", "filler-order", "instance-order", "order", "original-order", "reflex-order");

    private static final Pattern LEVEL = Pattern.compile(
            "\\b(?:c[1-8]|th?(?:1[0-2]|[1-9])|l[1-5]|s[1-5])\\b|cervical|thoracic|lumbar|sacral|quadri|tetra",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SPINE = Pattern.compile("S[123]4");

    private final Chart chart;
    private final Found found;

    /** What the other rules have found, and how they look for more. */
    record Found(
            List<ScreeningFinding> screening,
            Indication indication,
            OpioidDose opioids,
            EvidenceRules evidence,
            ClinicalTables tables) {}

    private CompletenessRules(Chart chart, Found found) {
        this.chart = chart;
        this.found = found;
    }

    static List<CompletenessItem> items(Chart chart, ClinicalPolicy policy, Found found) {
        var rules = new CompletenessRules(chart, found);
        var items = new ArrayList<CompletenessItem>();
        for (var item : policy.completeness()) {
            boolean asked = !item.level().equals("conditional") || rules.applies(item.name(), policy);
            items.add(new CompletenessItem(item.name(), item.level(), asked ? rules.state(item) : NOT_APPLICABLE));
        }
        return items;
    }

    /** Whether the condition holds under which an item is required. */
    private boolean applies(String item, ClinicalPolicy policy) {
        return switch (item) {
            case "pregnancy-status" ->
                !chart.isMale() && ScreeningRules.isOfChildbearingAge(chart, policy) && !saysPregnancyIsImpossible();
            case "liver-panel" -> isAtLeastInformation("hepatic-disease") || chart.says("liver-risk");
            case "ecg" -> isAtLeastReview(ScreeningLimits.CARDIOVASCULAR);
            case "intraocular-pressure" -> isAtLeastInformation("elevated-intraocular-pressure");
            case "budapest-criteria" -> isGroup("complex-regional-pain-syndrome");
            case "fibromyalgia-criteria" -> isGroup("fibromyalgia");
            case "headache-days" -> isGroup("chronic-migraine");
            case "chemotherapy-history" -> isGroup(CHEMOTHERAPY) || isCodedAs(CHEMOTHERAPY);
            case "amputation" -> isGroup(PHANTOM);
            case "cord-injury" -> isGroup(CORD);
            case "opioid-dose" -> takesOpioids();
            default -> true;
        };
    }

    private String state(Item item) {
        return switch (item.name()) {
            case "patient-identity" -> there(hasIdentity());
            case "patient-contact" ->
                there(!patient().phones().isEmpty() && patient().language() != null);
            case "referrer" -> there(hasReferrer());
            case "request-details" -> there(hasRequestDetails());
            case "reason" -> there(!chart.referral.reasons().isEmpty());
            case "onset" -> there(chart.referral.reasons().stream().anyMatch(reason -> reason.onset() != null));
            case "body-site" -> there(chart.referral.reasons().stream().anyMatch(reason -> reason.bodySite() != null));
            case "pain-intensity" -> measured(item, Measure.PAIN, Measure.PEG);
            case "treatment-history" -> there(hasTreatment(Course.TRIED) || chart.says("no-drugs-tried"));
            case "current-medication" ->
                there(hasTreatment(Course.CURRENT) || hasTreatment(Course.UNKNOWN) || chart.says("no-medication"));
            case "allergies" -> there(!chart.referral.allergies().isEmpty() || chart.says("no-known-allergy"));
            case "problems-or-letter" ->
                there(!chart.referral.problems().isEmpty()
                        || !chart.referral.documents().isEmpty());
            case "blood-pressure" -> both(measured(item, Measure.SYSTOLIC), measured(item, Measure.DIASTOLIC));
            case "pregnancy-status" ->
                isAtLeastReview(ScreeningRules.PREGNANCY)
                        ? PRESENT
                        : measured(item, Measure.PREGNANCY_STATUS, Measure.PREGNANCY_HORMONE);
            case "liver-panel" -> measured(item, Measure.ALT, Measure.AST, Measure.BILIRUBIN);
            case "ecg" -> or(measured(item, Measure.ECG), hasDocument(Measure.ECG));
            case "intraocular-pressure" -> measured(item, Measure.RIGHT_EYE, Measure.LEFT_EYE);
            case "budapest-criteria" -> or(named(item, Measure.BUDAPEST), hasWords(Measure.BUDAPEST));
            case "fibromyalgia-criteria" ->
                or(
                        both(named(item, Measure.WIDESPREAD_PAIN), named(item, Measure.SYMPTOM_SEVERITY)),
                        hasWords(Measure.WIDESPREAD_PAIN) && hasWords(Measure.SYMPTOM_SEVERITY));
            case "headache-days" -> or(named(item, Measure.HEADACHE_DAYS), hasWords(Measure.HEADACHE_DAYS));
            case "chemotherapy-history" -> there(hasSupport(CHEMOTHERAPY, null));
            case "amputation" -> there(hasSupport(PHANTOM, "amputation"));
            case "cord-injury" -> there(hasCordInjury());
            case "opioid-dose" ->
                there(found.opioids().mmePerDay() != null && found.opioids().complete() || hasLocalMme());
            case "mood-screen" -> measured(item, Measure.PHQ_9, Measure.PHQ_9_ITEM_9, Measure.MOOD);
            case "substance-screen" ->
                measured(item, Measure.AUDIT_C, Measure.AUDIT, Measure.DAST, Measure.OPIOID_RISK);
            case "weight" -> measured(item, Measure.WEIGHT);
            case "function" -> measured(item, Measure.PEG, Measure.INTERFERENCE, Measure.FUNCTION);
            case "neuropathic-screen" -> named(item, Measure.DN4, Measure.PAINDETECT, Measure.LANSS);
            case "other-treatments" -> there(!chart.referral.procedures().isEmpty());
            case "coverage" -> there(!chart.referral.coverage().isEmpty());
            case "consent" -> there(!chart.referral.contactSafety().consents().isEmpty());
            default -> throw new IllegalStateException("Nobody knows how to look for " + item.name() + ".");
        };
    }

    private static String there(boolean there) {
        return there ? PRESENT : MISSING;
    }

    private static String or(String state, boolean otherwiseThere) {
        return otherwiseThere ? PRESENT : state;
    }

    /** Present only where both are; stale where one is. */
    private static String both(String one, String other) {
        if (one.equals(MISSING) || other.equals(MISSING)) {
            return MISSING;
        }
        return one.equals(STALE) || other.equals(STALE) ? STALE : PRESENT;
    }

    private org.referralgateway.mapper.Referral.Patient patient() {
        return chart.referral.patient();
    }

    private boolean hasIdentity() {
        return patient().name() != null
                && patient().birthDate() != null
                && patient().sex() != null
                && !patient().identifiers().isEmpty();
    }

    /** Who, and a way to answer. */
    private boolean hasReferrer() {
        var requester = chart.referral.requester();
        var reply = chart.referral.replyTo();
        boolean canBeAnswered = reply != null && (reply.endpoint() != null || reply.contact() != null);
        return requester != null && !requester.label().isEmpty() && (canBeAnswered || isReachable(requester));
    }

    private static boolean isReachable(Party party) {
        return party.phone() != null
                || party.email() != null
                || !party.otherTelecoms().isEmpty();
    }

    private boolean hasRequestDetails() {
        return chart.referral.authoredOn() != null
                && !chart.referral.service().isEmpty()
                && "active".equals(chart.referral.status())
                && chart.referral.intent() != null
                && INTENTS.contains(chart.referral.intent());
    }

    private boolean hasTreatment(Course course) {
        return chart.referral.treatments().stream().anyMatch(treatment -> treatment.course() == course);
    }

    private String measured(Item item, Measure... measures) {
        var state = MISSING;
        for (var measure : measures) {
            for (var reading : chart.readings.of(measure)) {
                if (isFresh(reading.day(), item)) {
                    return PRESENT;
                }
                state = STALE;
            }
        }
        return state;
    }

    /** Scores without a code of their own, by name: an answer of a form, or an observation of a local code. */
    private String named(Item item, Measure... measures) {
        var state = MISSING;
        for (var measurement : chart.referral.measurements()) {
            if (measurement.saysSomething() && isOneOf(measurement.concept(), measures)) {
                if (isFresh(day(measurement), item)) {
                    return PRESENT;
                }
                state = STALE;
            }
        }
        for (var form : chart.referral.forms()) {
            for (var answer : form.answers()) {
                boolean asked = names(answer.question(), measures)
                        || names(answer.linkId(), measures)
                        || names(form.title(), measures);
                if (asked && isFresh(Dates.last(form.authored()), item)) {
                    return PRESENT;
                }
            }
        }
        return state;
    }

    private static @Nullable LocalDate day(Measurement measurement) {
        return Dates.last(measurement.effective());
    }

    /** A measurement without a date cannot be called fresh. */
    private boolean isFresh(@Nullable LocalDate day, Item item) {
        return item.staleDays() == null || (day != null && !day.isBefore(chart.today.minusDays(item.staleDays())));
    }

    private boolean isOneOf(Concept concept, Measure... measures) {
        return Arrays.stream(measures).anyMatch(measure -> chart.measures(concept, measure));
    }

    private boolean names(@Nullable String text, Measure... measures) {
        return Arrays.stream(measures).anyMatch(measure -> chart.isNamed(text, measure));
    }

    private boolean hasWords(Measure measure) {
        return chart.referral.notes().stream().anyMatch(note -> names(note, measure))
                || chart.referral.documents().stream().anyMatch(document -> names(document.text(), measure));
    }

    private boolean hasDocument(Measure measure) {
        return chart.referral.documents().stream()
                .anyMatch(document -> names(document.title(), measure) || isOneOf(document.kind(), measure));
    }

    private boolean hasSupport(String group, @Nullable String subgroup) {
        return found.evidence().hasSupport(chart.referral, group, subgroup);
    }

    /** True where a diagnosis has a code of a group, whatever that code proves. */
    private boolean isCodedAs(String group) {
        return chart.diagnoses.stream().anyMatch(diagnosis -> !diagnosis.isRefuted() && isCodedAs(diagnosis, group));
    }

    private boolean isCodedAs(Diagnosis diagnosis, String group) {
        return diagnosis.concept().codes().stream()
                .flatMap(code -> found.tables().conditions().group(code.system(), code.code()).stream())
                .anyMatch(row -> row.name().startsWith(group));
    }

    private boolean isNamedAs(Diagnosis diagnosis, String group) {
        return found.tables().conditions().named(Chart.label(diagnosis.concept())).stream()
                .anyMatch(hit -> hit.isAsserted() && hit.value().name().startsWith(group));
    }

    /** Level and date: a cord diagnosis that began at a time, and a site, a level in its name or in the code. */
    private boolean hasCordInjury() {
        return chart.diagnoses.stream()
                .filter(diagnosis -> !diagnosis.isRefuted())
                .anyMatch(diagnosis -> diagnosis.onset() != null
                        && (hasLevel(diagnosis.concept()) || siteOf(diagnosis.field()) != null)
                        && (isCodedAs(diagnosis, CORD) || isNamedAs(diagnosis, CORD)));
    }

    /** In the code of an injury of the spine, or in words. */
    private static boolean hasLevel(Concept concept) {
        return concept.codes().stream()
                        .anyMatch(code -> SPINE.matcher(code.code()).lookingAt())
                || LEVEL.matcher(Chart.label(concept)).find();
    }

    private @Nullable String siteOf(String field) {
        for (int i = 0; i < chart.referral.reasons().size(); i++) {
            if (field.equals("reasons[" + i + "]")) {
                return chart.referral.reasons().get(i).bodySite();
            }
        }
        return null;
    }

    private boolean isGroup(String name) {
        return (found.indication().group() != null && found.indication().group().startsWith(name))
                || found.indication().otherGroups().stream().anyMatch(group -> group.startsWith(name));
    }

    /** As the drugs say, or a total that somebody else computed. */
    private boolean takesOpioids() {
        var total = found.opioids().mmePerDay();
        return !found.opioids().lines().isEmpty() || (total != null && total.signum() > 0);
    }

    private boolean hasLocalMme() {
        return chart.referral.measurements().stream()
                .anyMatch(measurement -> measurement.value() != null
                        && chart.measures(measurement.concept(), Measure.MORPHINE_EQUIVALENTS));
    }

    private boolean saysPregnancyIsImpossible() {
        return level(ScreeningRules.PREGNANCY) == ScreeningLevel.WITHIN_LIMITS
                && rule(ScreeningRules.PREGNANCY).equals("words");
    }

    private boolean isAtLeastReview(String item) {
        return level(item).compareTo(ScreeningLevel.REVIEW) <= 0;
    }

    private boolean isAtLeastInformation(String item) {
        return level(item).compareTo(ScreeningLevel.INFORMATION) <= 0;
    }

    private ScreeningLevel level(String item) {
        var finding = finding(item);
        return finding == null ? ScreeningLevel.NOT_ASSESSED : finding.level();
    }

    private String rule(String item) {
        var finding = finding(item);
        return finding == null ? "" : finding.basis().rule();
    }

    private @Nullable ScreeningFinding finding(String item) {
        for (var finding : found.screening()) {
            if (finding.item().equals(item)) {
                return finding;
            }
        }
        return null;
    }
}
