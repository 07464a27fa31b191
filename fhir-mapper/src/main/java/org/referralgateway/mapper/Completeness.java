package org.referralgateway.mapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Measurement;

/**
 * Compares a referral with the clinic's minimum data set. Source: the clinic's reference notes, section 2; the items that
 * depend on a condition come with the clinical rules. Missing items never refuse a referral.
 */
final class Completeness {

    private static final String PRESENT = "present";
    private static final String MISSING = "missing";
    private static final String STALE = "stale";
    private static final int FRESH_DAYS = 90;

    /** LOINC: pain severity, as number, visual scale or faces; PEG. */
    private static final Set<String> PAIN = Set.of("72514-3", "75893-8", "38208-5", "38214-3", "38221-8", "91147-9");

    /** LOINC: blood pressure panel, systolic. */
    private static final Set<String> BLOOD_PRESSURE = Set.of("85354-9", "8480-6");

    private static final Set<String> MOOD = Set.of("44261-6", "55758-7", "70274-6");
    private static final Set<String> WEIGHT = Set.of("29463-7");
    private static final Set<String> FUNCTION = Set.of("91147-9", "91148-7", "77565-0", "71962-5");

    private final Referral referral;
    private final Instant receivedAt;
    private final List<CompletenessItem> items = new ArrayList<>();

    private Completeness(Referral referral, Instant receivedAt) {
        this.referral = referral;
        this.receivedAt = receivedAt;
    }

    /**
     * @param referral as mapped so far, with no completeness yet
     * @param receivedAt what "not older than" counts from, where the referral has no date of its own
     */
    static List<CompletenessItem> of(Referral referral, Instant receivedAt) {
        var completeness = new Completeness(referral, receivedAt);
        completeness.required();
        completeness.preferred();
        return completeness.items;
    }

    private void required() {
        var patient = referral.patient();
        required(
                "patient-identity",
                patient.name() != null
                        && patient.birthDate() != null
                        && patient.sex() != null
                        && !patient.identifiers().isEmpty());
        required("patient-contact", !patient.phones().isEmpty());
        required("referrer", referral.requester() != null);
        required(
                "request-details",
                referral.authoredOn() != null && !referral.service().isEmpty());
        required("reason", !referral.reasons().isEmpty());
        required("onset", referral.reasons().stream().anyMatch(reason -> reason.onset() != null));
        required("body-site", referral.reasons().stream().anyMatch(reason -> reason.bodySite() != null));
        measured("pain-intensity", "required", PAIN);
        required("treatment-history", hasTreatment(Course.TRIED));
        required("current-medication", hasTreatment(Course.CURRENT) || hasTreatment(Course.UNKNOWN));
        required("allergies", !referral.allergies().isEmpty());
        required(
                "problems-or-letter",
                !referral.problems().isEmpty() || !referral.documents().isEmpty());
        measured("blood-pressure", "required", BLOOD_PRESSURE);
    }

    private void preferred() {
        measured("mood-screen", "preferred", MOOD);
        measured("function", "preferred", FUNCTION);
        measured("weight", "preferred", WEIGHT);
        preferred("other-treatments", !referral.procedures().isEmpty());
        preferred("coverage", !referral.coverage().isEmpty());
        preferred("consent", !referral.contactSafety().consents().isEmpty());
    }

    private boolean hasTreatment(Course course) {
        return referral.treatments().stream().anyMatch(treatment -> treatment.course() == course);
    }

    private void preferred(String item, boolean there) {
        items.add(new CompletenessItem(item, "preferred", there ? PRESENT : MISSING));
    }

    private void required(String item, boolean there) {
        items.add(new CompletenessItem(item, "required", there ? PRESENT : MISSING));
    }

    private void measured(String item, String level, Set<String> loinc) {
        var found = referral.measurements().stream()
                .filter(Measurement::saysSomething)
                .filter(measurement -> measurement.concept().codes().stream()
                        .anyMatch(code -> CodeSystems.LOINC.equals(code.system()) && loinc.contains(code.code())))
                .toList();
        var state = found.isEmpty() ? MISSING : found.stream().anyMatch(this::isFresh) ? PRESENT : STALE;
        items.add(new CompletenessItem(item, level, state));
    }

    /** A measurement without a date cannot be called fresh. */
    private boolean isFresh(Measurement measurement) {
        var measured = day(measurement.effective());
        return measured != null
                && !measured.isBefore(
                        LocalDate.ofInstant(receivedAt, ZoneOffset.UTC).minusDays(FRESH_DAYS));
    }

    private static @Nullable LocalDate day(@Nullable String dateTime) {
        if (dateTime == null || dateTime.length() < 10) {
            return null;
        }
        try {
            return LocalDate.parse(dateTime.substring(0, 10));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
