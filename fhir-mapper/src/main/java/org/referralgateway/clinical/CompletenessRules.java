package org.referralgateway.clinical;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.Item;
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

    static final List<String> PAIN =
            List.of("72514-3", "75893-8", "38208-5", "38214-3", "38221-8", "91147-9", "91148-7");
    /** Tests of the hormone of pregnancy, which some laboratories answer by a number. */
    static final List<String> HORMONE = List.of("2106-3", "2118-8", "80384-1", "21198-7", "19080-1", "2110-5");

    static final List<String> PREGNANCY =
            List.of("82810-3", "11449-6", "2106-3", "2118-8", "80384-1", "21198-7", "19080-1", "2110-5");
    private static final List<String> LIVER = List.of("1742-6", "1920-8", "1975-2");
    private static final List<String> ECG = List.of("34534-8", "11524-6", "8601-7", "18844-1");
    private static final List<String> EYES = List.of("79892-6", "79893-4");
    private static final List<String> MOOD = List.of("44261-6", "44249-1", "44260-8", "55758-7", "70274-6");
    private static final List<String> SUBSTANCE = List.of("75626-2", "75624-7", "82667-7", "91392-1");
    private static final List<String> FUNCTION =
            List.of("91147-9", "91148-7", "77565-0", "71962-5", "71960-9", "91146-1", "91145-3", "91351-7");
    private static final Set<String> INTENTS =
            Set.of("directive", "filler-order", "instance-order", "order", "original-order", "reflex-order");

    private static final Pattern LEVEL = Pattern.compile("\\b(c[1-8]|t(1[0-2]|[1-9])|l[1-5]|s[1-5])\\b");

    private final Chart chart;
    private final List<ScreeningFinding> screening;
    private final Indication indication;
    private final OpioidDose opioids;

    private CompletenessRules(
            Chart chart, List<ScreeningFinding> screening, Indication indication, OpioidDose opioids) {
        this.chart = chart;
        this.screening = screening;
        this.indication = indication;
        this.opioids = opioids;
    }

    static List<CompletenessItem> items(
            Chart chart,
            ClinicalPolicy policy,
            List<ScreeningFinding> screening,
            Indication indication,
            OpioidDose opioids) {
        var rules = new CompletenessRules(chart, screening, indication, opioids);
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
            case "chemotherapy-history" -> isGroup("chemotherapy-induced-neuropathy") || isDrugInduced();
            case "amputation" -> isGroup("phantom-limb-pain");
            case "cord-injury" -> isGroup("spinal-cord-injury-pain");
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
            case "pain-intensity" -> measured(item, PAIN);
            case "treatment-history" -> there(hasTreatment(Course.TRIED) || chart.says("no-drugs-tried"));
            case "current-medication" ->
                there(hasTreatment(Course.CURRENT) || hasTreatment(Course.UNKNOWN) || chart.says("no-medication"));
            case "allergies" -> there(!chart.referral.allergies().isEmpty() || chart.says("no-known-allergy"));
            case "problems-or-letter" ->
                there(!chart.referral.problems().isEmpty()
                        || !chart.referral.documents().isEmpty());
            case "blood-pressure" ->
                both(measured(item, List.of(Readings.SYSTOLIC)), measured(item, List.of(Readings.DIASTOLIC)));
            case "pregnancy-status" -> isAtLeastReview(ScreeningRules.PREGNANCY) ? PRESENT : measured(item, PREGNANCY);
            case "liver-panel" -> measured(item, LIVER);
            case "ecg" -> or(measured(item, ECG), hasDocument(ECG, "ecg", "ekg", "electrocardiogra"));
            case "intraocular-pressure" -> measured(item, EYES);
            case "budapest-criteria" -> or(named(item, "budapest"), hasWords("budapest"));
            case "fibromyalgia-criteria" ->
                or(
                        both(named(item, "wpi", "widespread pain index"), named(item, "sss", "symptom severity s")),
                        hasWords("wpi") && hasWords("sss"));
            case "headache-days" ->
                or(
                        named(item, "headache days", "headache-days", "migraine days", "monthly headache"),
                        hasWords("headache days") || hasWords("migraine days"));
            case "chemotherapy-history" -> there(hasChemotherapy());
            case "amputation" -> there(hasTreatmentOrDiagnosis("amput") || hasCode("Z89"));
            case "cord-injury" -> there(hasCordInjury());
            case "opioid-dose" -> there(opioids.mmePerDay() != null && opioids.complete() || hasLocalMme());
            case "mood-screen" -> measured(item, MOOD);
            case "substance-screen" -> measured(item, SUBSTANCE);
            case "weight" -> measured(item, List.of("29463-7", "3141-9"));
            case "function" -> measured(item, FUNCTION);
            case "neuropathic-screen" -> named(item, "dn4", "paindetect", "lanss");
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

    private String measured(Item item, List<String> loinc) {
        var state = MISSING;
        for (var code : loinc) {
            for (var reading : chart.readings.of(code)) {
                if (isFresh(reading.day(), item)) {
                    return PRESENT;
                }
                state = STALE;
            }
        }
        return state;
    }

    /** Scores without a code of their own, by name: an answer of a form, or an observation of a local code. */
    private String named(Item item, String... names) {
        var state = MISSING;
        for (var measurement : chart.referral.measurements()) {
            if (measurement.saysSomething() && isNamed(measurement.concept(), names)) {
                if (isFresh(day(measurement), item)) {
                    return PRESENT;
                }
                state = STALE;
            }
        }
        for (var form : chart.referral.forms()) {
            for (var answer : form.answers()) {
                boolean asked =
                        has(answer.question(), names) || has(answer.linkId(), names) || has(form.title(), names);
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

    private static boolean isNamed(Concept concept, String... names) {
        return has(Chart.label(concept), names) || concept.codes().stream().anyMatch(code -> has(code.code(), names));
    }

    private static boolean has(@Nullable String text, String... names) {
        if (text == null) {
            return false;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        for (var name : names) {
            if (lower.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasWords(String words) {
        return chart.referral.notes().stream().anyMatch(note -> has(note, words))
                || chart.referral.documents().stream().anyMatch(document -> has(document.text(), words));
    }

    private boolean hasDocument(List<String> codes, String... names) {
        return chart.referral.documents().stream()
                .anyMatch(document -> has(document.title(), names)
                        || isNamed(document.kind(), names)
                        || document.kind().codes().stream().anyMatch(code -> codes.contains(code.code())));
    }

    private boolean hasTreatmentOrDiagnosis(String... names) {
        return chart.diagnoses.stream()
                        .anyMatch(diagnosis -> !diagnosis.isRefuted() && isNamed(diagnosis.concept(), names))
                || chart.referral.procedures().stream()
                        .anyMatch(procedure ->
                                isNamed(procedure.concept(), names) && !"not-done".equals(procedure.status()))
                || chart.referral.treatments().stream().anyMatch(treatment -> isNamed(treatment.medication(), names))
                || chart.referral.notes().stream().anyMatch(note -> has(note, names));
    }

    private boolean hasCode(String... beginnings) {
        return chart.diagnoses.stream()
                .filter(diagnosis -> !diagnosis.isRefuted())
                .flatMap(diagnosis -> diagnosis.concept().codes().stream())
                .anyMatch(code -> begins(code.code(), beginnings));
    }

    private static boolean begins(String code, String... beginnings) {
        for (var beginning : beginnings) {
            if (code.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasChemotherapy() {
        return hasCode("Z92.21", "Z51.11", "T45.1X", "367336001")
                || chart.referral.procedures().stream()
                        .flatMap(procedure -> procedure.concept().codes().stream())
                        .anyMatch(code -> code.code().equals("367336001"))
                || chart.referral.treatments().stream()
                        .flatMap(treatment -> treatment.medication().codes().stream())
                        .anyMatch(code -> code.code().startsWith("L01"))
                || hasTreatmentOrDiagnosis(
                        "chemotherap",
                        "paclitaxel",
                        "docetaxel",
                        "taxane",
                        "oxaliplatin",
                        "cisplatin",
                        "carboplatin",
                        "vincristine",
                        "vinblastine",
                        "bortezomib",
                        "thalidomide",
                        "folfox",
                        "capecitabine");
    }

    /** Level and date: a cord diagnosis that began at a time, and a site, a level in its name or in the code. */
    private boolean hasCordInjury() {
        return chart.diagnoses.stream()
                .filter(diagnosis -> !diagnosis.isRefuted())
                .anyMatch(diagnosis -> diagnosis.onset() != null
                        && (hasLevel(diagnosis.concept()) || siteOf(diagnosis.field()) != null)
                        && (begins(firstCode(diagnosis.concept()), "S14", "S24", "S34", "T91.3", "G82", "G95")
                                || has(Chart.label(diagnosis.concept()), "cord", "plegia", "cauda", "conus", "myelo")));
    }

    private static String firstCode(Concept concept) {
        return concept.codes().isEmpty() ? "" : concept.codes().getFirst().code();
    }

    private static boolean hasLevel(Concept concept) {
        var label = Chart.label(concept).toLowerCase(Locale.ROOT);
        return begins(firstCode(concept), "S14", "S24", "S34")
                || LEVEL.matcher(label).find()
                || has(label, "cervical", "thoracic", "lumbar", "sacral", "quadri", "tetra");
    }

    private @Nullable String siteOf(String field) {
        for (int i = 0; i < chart.referral.reasons().size(); i++) {
            if (field.equals("reasons[" + i + "]")) {
                return chart.referral.reasons().get(i).bodySite();
            }
        }
        return null;
    }

    private boolean isDrugInduced() {
        return hasCode("G62.0", "7339009");
    }

    private boolean isGroup(String name) {
        return (indication.group() != null && indication.group().startsWith(name))
                || indication.otherGroups().stream().anyMatch(group -> group.startsWith(name));
    }

    private boolean takesOpioids() {
        return !opioids.lines().isEmpty();
    }

    private boolean hasLocalMme() {
        return chart.referral.measurements().stream()
                .anyMatch(measurement -> measurement.value() != null
                        && (isNamed(measurement.concept(), "morphine milligram", "morphine equivalent")
                                || measurement.concept().codes().stream()
                                        .anyMatch(code -> code.code().equals("MME"))));
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
        for (var finding : screening) {
            if (finding.item().equals(item)) {
                return finding;
            }
        }
        return null;
    }
}
