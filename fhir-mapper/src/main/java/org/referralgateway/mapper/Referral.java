package org.referralgateway.mapper;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.events.Urgency;

/**
 * A referral in our words, whatever dialect it came in. Holds the person's data: it lives in the gateway's database and on
 * its pages, never on a topic. Dates are FHIR date or dateTime text with the precision that was sent.
 *
 * @param dialect {@link Dialect#wireName()}
 * @param placerNumbers the numbers by which the placer knows it
 * @param requisition shared by requests that were placed together
 * @param thread what it hangs together with
 * @param encounter the visit out of which the patient was referred
 * @param kind {@code referral}, {@code social-referral}, {@code advice}, or {@code unknown} where nothing says what it is
 * @param problems conditions that came along and are not the reason of the referral
 * @param notes what was written to the clinic, as plain text
 * @param issues what was assumed, could not be coded, or was not taken over
 * @param lineage where each field came from
 * @param dropped FHIRPaths of elements with content that no field came from
 * @param conclusions what the clinic's rules make of it; absent before they have seen it
 */
public record Referral(
        String dialect,
        List<BusinessIdentifier> placerNumbers,
        @Nullable BusinessIdentifier requisition,
        List<Link> thread,
        @Nullable Encounter encounter,
        String status,
        @Nullable String intent,
        Priority priority,
        @Nullable String authoredOn,
        @Nullable String occurrence,
        Patient patient,
        ContactSafety contactSafety,
        @Nullable Party requester,
        List<Party> performers,
        @Nullable ReplyTo replyTo,
        String kind,
        List<Concept> service,
        List<Concept> categories,
        List<Concept> orderDetails,
        List<Reason> reasons,
        List<Problem> problems,
        List<Treatment> treatments,
        List<Procedure> procedures,
        List<Allergy> allergies,
        List<Measurement> measurements,
        List<Document> documents,
        List<Form> forms,
        List<Cover> coverage,
        List<String> notes,
        List<CompletenessItem> completeness,
        List<MappingIssue> issues,
        List<Lineage> lineage,
        List<String> dropped,
        @Nullable Conclusions conclusions) {

    /** A referral that an earlier version of the gateway stored has fewer fields; what it lacks is empty. */
    public Referral {
        thread = copied(thread);
        orderDetails = copied(orderDetails);
        procedures = copied(procedures);
        forms = copied(forms);
        dropped = copied(dropped);
        kind = kind == null ? "unknown" : kind;
        contactSafety = contactSafety == null ? ContactSafety.NOTHING_SAID : contactSafety;
    }

    private static <T> List<T> copied(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * Something that the referral hangs together with.
     *
     * @param relation {@code basedOn}, {@code replaces}, {@code episodeOfCare}, {@code task},
     *     {@code partOf}, {@code group}, or {@code number} for one that is not the placer's
     * @param reference as sent
     */
    public record Link(
            String relation,
            @Nullable String reference,
            @Nullable BusinessIdentifier number,
            @Nullable String display) {}

    /**
     * @param numbers such as the sender's case number
     * @param kind for example {@code emergency}
     * @param period as text
     */
    public record Encounter(
            List<BusinessIdentifier> numbers,
            @Nullable String kind,
            @Nullable String status,
            @Nullable String period) {}

    /**
     * @param sent the placer's own code; absent where none was sent
     */
    public record Priority(Urgency code, @Nullable String sent) {
        public boolean isAssumed() {
            return sent == null;
        }
    }

    /** A coded or written thing. */
    public record Concept(List<Code> codes, @Nullable String text) {
        public Concept {
            codes = List.copyOf(codes);
        }

        /** What to show a person: the text, else the first display, else the first code; empty where there is nothing. */
        public String label() {
            if (text != null) {
                return text;
            }
            return codes.stream()
                    .map(code -> code.display() == null ? code.code() : code.display())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A code of a system, as it was sent. */
    public record Code(
            @Nullable String system, String code, @Nullable String display) {}

    /**
     * The person who is referred.
     *
     * @param resource the Patient that was sent, as {@code Bundle.entry[1].resource}; absent for a logical reference
     * @param phones of the person, the preferred one first; none that is out of use
     * @param language the preferred one first
     * @param deceased a date, {@code yes} or {@code no}
     * @param addresses each in one line
     * @param contactPersons who may be called besides
     * @param numberVerification whether the sender traced the person's national number
     */
    public record Patient(
            @Nullable String resource,
            List<BusinessIdentifier> identifiers,
            @Nullable String name,
            @Nullable String birthDate,
            @Nullable String sex,
            List<String> phones,
            @Nullable String language,
            boolean interpreterNeeded,
            @Nullable String deceased,
            List<String> addresses,
            List<String> emails,
            List<String> otherNames,
            List<ContactPerson> contactPersons,
            List<Party> generalPractitioners,
            @Nullable Concept numberVerification) {

        public Patient {
            addresses = copied(addresses);
            emails = copied(emails);
            otherNames = copied(otherNames);
            contactPersons = copied(contactPersons);
            generalPractitioners = copied(generalPractitioners);
        }

        /** Somebody of whom only a number was sent, and perhaps a name. */
        static Patient known(BusinessIdentifier number, @Nullable String name) {
            return new Patient(
                    null,
                    List.of(number),
                    name,
                    null,
                    null,
                    List.of(),
                    null,
                    false,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null);
        }
    }

    /** Somebody near the patient. */
    public record ContactPerson(
            @Nullable String name, @Nullable String relationship, List<String> phones) {
        public ContactPerson {
            phones = copied(phones);
        }
    }

    /**
     * What to heed before anybody gets in touch.
     *
     * @param contactProhibited the request says that the person must not be contacted about it
     * @param alerts that hold now, such as reasonable adjustments or safeguarding
     */
    public record ContactSafety(boolean contactProhibited, List<Alert> alerts, List<ConsentGiven> consents) {

        public static final ContactSafety NOTHING_SAID = new ContactSafety(false, List.of(), List.of());

        public ContactSafety {
            alerts = copied(alerts);
            consents = copied(consents);
        }
    }

    /** Something to know before meeting the person. */
    public record Alert(
            Concept concept,
            @Nullable String category,
            @Nullable String period) {}

    /**
     * What the person agreed to, or not.
     *
     * @param decision {@code permit}, {@code deny}, {@code permit with exceptions} or {@code deny with exceptions}; absent
     *     where it was not sent
     */
    public record ConsentGiven(
            @Nullable String status,
            @Nullable String scope,
            @Nullable String category,
            @Nullable String decision,
            @Nullable String period,
            @Nullable String date) {

        /** True where something is refused. */
        public boolean withholds() {
            return "rejected".equals(status) || (decision != null && !decision.equals("permit"));
        }
    }

    /**
     * A person or organisation that takes part.
     *
     * @param type FHIR resource type, where it is known
     * @param role what the person does there, such as a speciality
     * @param otherTelecoms more ways to reach it, each with its kind
     */
    public record Party(
            @Nullable String type,
            @Nullable String name,
            @Nullable String organization,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String role,
            @Nullable String address,
            List<String> otherTelecoms,
            List<BusinessIdentifier> identifiers) {

        public Party {
            otherTelecoms = copied(otherTelecoms);
            identifiers = copied(identifiers);
        }

        static Party named(@Nullable String type, String name) {
            return new Party(type, name, null, null, null, null, null, List.of(), List.of());
        }

        /** What to call it: the name (of an organisation its own, not that of whom to ask there), the organisation, a number or the address; empty where there is nothing. */
        public String label() {
            if (name != null && !(organization != null && "Organization".equals(type))) {
                return name;
            }
            if (organization != null) {
                return organization;
            }
            return identifiers.stream()
                    .map(BusinessIdentifier::value)
                    .findFirst()
                    .orElse(address == null ? "" : address);
        }
    }

    /**
     * Where the sender's system takes answers.
     *
     * @param name of that system
     */
    public record ReplyTo(
            @Nullable String endpoint,
            @Nullable String name,
            @Nullable String contact,
            @Nullable Party sender) {

        boolean saysNothing() {
            return endpoint == null && name == null && contact == null && sender == null;
        }
    }

    /**
     * @param conditionGroup of the clinic's table; absent where none matches
     * @param evidence {@code diagnostic}, {@code supporting} or {@code context}; absent without a group
     * @param onset as sent: dateTime, or text
     */
    public record Reason(
            Concept concept,
            @Nullable String conditionGroup,
            @Nullable String evidence,
            @Nullable String onset,
            @Nullable String bodySite,
            @Nullable String severity,
            @Nullable String clinicalStatus,
            @Nullable String verificationStatus,
            @Nullable String note) {}

    /** A condition that came along. */
    public record Problem(
            Concept concept,
            @Nullable String clinicalStatus,
            @Nullable String verificationStatus,
            @Nullable String onset,
            @Nullable String abatement,
            @Nullable String severity,
            @Nullable String note) {}

    /**
     * A drug tried or taken.
     *
     * @param drug the ingredient as the clinic's table names it; absent where the drug is not in the table
     * @param drugClass for example {@code gabapentinoid}
     * @param stopReason why it was stopped, as written
     * @param outcome what came of it, as written
     * @param course whether it is taken now
     * @param indication what it is for, as sent
     * @param stopCodes codes of why it was stopped
     * @param indicationCodes codes of what it is for
     * @param dosing how much of it in a day, where that can be computed
     * @param suppliedDays for how long it was supplied or ordered, all repeats together
     * @param counts whether the clinic's table counts the product as a trial: {@code yes}, {@code review}, {@code no}
     */
    public record Treatment(
            Concept medication,
            @Nullable String drug,
            @Nullable String drugClass,
            @Nullable String status,
            @Nullable String dose,
            @Nullable String start,
            @Nullable String stop,
            @Nullable String stopReason,
            @Nullable String outcome,
            Course course,
            @Nullable String indication,
            List<Code> stopCodes,
            List<Code> indicationCodes,
            @Nullable Dosing dosing,
            @Nullable Integer suppliedDays,
            @Nullable String counts) {
        public Treatment {
            course = course == null ? Course.UNKNOWN : course;
            stopCodes = copied(stopCodes);
            indicationCodes = copied(indicationCodes);
        }
    }

    /**
     * How much of a drug is taken in a day.
     *
     * @param perDay at least; zero where it is taken as needed
     * @param atMost the same, unless a range or a limit was sent
     * @param unit {@code mg}, {@code ug/h} for patches, or {@code piece} where the strength of a tablet is unknown
     */
    public record Dosing(
            BigDecimal perDay,
            BigDecimal atMost,
            String unit,
            boolean asNeeded,
            @Nullable String route) {}

    /** Whether a drug is taken now. */
    public enum Course {
        CURRENT,
        TRIED,
        PLANNED,
        NOT_TAKEN,
        UNKNOWN
    }

    /**
     * A treatment that is no drug.
     *
     * @param performed date, period or words
     * @param reason why it was done, or why not
     */
    public record Procedure(
            Concept concept,
            @Nullable String status,
            @Nullable String performed,
            @Nullable String outcome,
            @Nullable String bodySite,
            @Nullable String reason,
            @Nullable String note) {}

    /**
     * A form that was filled in.
     *
     * @param title of the blank form, or its address; absent for what a Task carries
     */
    public record Form(
            @Nullable String title,
            @Nullable String status,
            @Nullable String authored,
            List<Answer> answers) {
        public Form {
            answers = copied(answers);
        }
    }

    /**
     * An answer of a form.
     *
     * @param linkId of the question
     * @param code where the answer is coded
     */
    public record Answer(
            @Nullable String linkId,
            @Nullable String question,
            String answer,
            @Nullable Code code) {}

    /**
     * An allergy or intolerance, or the statement that there is none.
     *
     * @param criticality {@code low}, {@code high} or {@code unable-to-assess}
     * @param kind {@code allergy} or {@code intolerance}
     * @param reactions what happened
     */
    public record Allergy(
            Concept concept,
            @Nullable String clinicalStatus,
            @Nullable String verificationStatus,
            @Nullable String criticality,
            @Nullable String kind,
            @Nullable String reactions,
            @Nullable String onset,
            @Nullable String note) {}

    /**
     * A score, a vital sign or a finding.
     *
     * @param value where it is a number that stands for itself; "less than 5" is text
     * @param unit UCUM code as sent; absent for plain scores
     * @param code where the value is coded
     * @param range what is usual, as the laboratory says
     * @param absent why there is no value
     * @param panel what it is a part of, such as blood pressure
     */
    public record Measurement(
            Concept concept,
            @Nullable BigDecimal value,
            @Nullable String unit,
            @Nullable String text,
            @Nullable String effective,
            @Nullable Code code,
            @Nullable String interpretation,
            @Nullable String range,
            @Nullable String status,
            @Nullable String absent,
            @Nullable String note,
            @Nullable String panel) {

        /** True where it says something; a panel's empty part says nothing. */
        public boolean saysSomething() {
            return value != null || text != null;
        }
    }

    /**
     * A letter, a report or a picture.
     *
     * @param url where it lies, if it did not come along; never fetched
     * @param size in bytes
     * @param text what it says, where it came as text
     */
    public record Document(
            Concept kind,
            @Nullable String title,
            @Nullable String contentType,
            @Nullable String date,
            @Nullable String url,
            @Nullable Long size,
            @Nullable String author,
            @Nullable String status,
            @Nullable String text) {}

    /**
     * Who pays.
     *
     * @param classes for example {@code plan: Gold}
     * @param relationship of the patient to the subscriber
     */
    public record Cover(
            @Nullable String payor,
            @Nullable String memberId,
            @Nullable String status,
            @Nullable String kind,
            List<String> classes,
            @Nullable String period,
            @Nullable String relationship) {
        public Cover {
            classes = copied(classes);
        }
    }

    /**
     * Where a field came from.
     *
     * @param field of this record, for example {@code reasons[0].conditionGroup}
     * @param source FHIRPath in the payload
     */
    public record Lineage(String field, String source, How how) {}

    /** How a field was derived from its source. */
    public enum How {
        COPIED,
        CODED,
        COMPUTED,
        ASSUMED
    }
}
