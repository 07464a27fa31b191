package org.referralgateway.clinical.tables;

import java.util.Optional;
import java.util.stream.Stream;

/** What a ServiceRequest asks for: a referral, or one of the other things that are sent as one. */
public enum ServiceKind {
    REFERRAL("referral", Answer.TAKEN, ""),
    /** Taken, and shown as what it is: the clinic may have to pass it on. */
    SOCIAL_REFERRAL("social-referral", Answer.FLAGGED, ""),
    ADVICE("advice", Answer.FLAGGED, ""),
    /** What might be a referral is taken, and a person looks. */
    UNKNOWN("unknown", Answer.FLAGGED, ""),
    LABORATORY_ORDER("laboratory-order", Answer.REFUSED, "a laboratory test or measurement; send it to a laboratory"),
    GENETIC_TEST_ORDER("genetic-test-order", Answer.REFUSED, "a genetic test; send it to a genomic laboratory"),
    IMAGING_ORDER("imaging-order", Answer.REFUSED, "imaging; send it to an imaging service"),
    PRESCRIPTION_REQUEST("prescription-request", Answer.REFUSED, "a drug; send it to a prescriber or a pharmacy"),
    DIET_ORDER("diet-order", Answer.REFUSED, "a diet; send it to who provides it"),
    NURSING_ORDER("nursing-order", Answer.REFUSED, "nursing care; send it to who provides it"),
    THERAPY_ORDER("therapy-order", Answer.REFUSED, "a therapy; send it to who provides it"),
    TRANSPORT_ORDER("transport-order", Answer.REFUSED, "transport; send it to who provides it"),
    SUPPLY_ORDER("supply-order", Answer.REFUSED, "equipment or supplies; send it to a supplier");

    /** What becomes of it. */
    public enum Answer {
        TAKEN,
        FLAGGED,
        REFUSED
    }

    private final String wireName;
    private final Answer answer;
    private final String ordered;

    ServiceKind(String wireName, Answer answer, String ordered) {
        this.wireName = wireName;
        this.answer = answer;
        this.ordered = ordered;
    }

    /** A kind by its wire name. */
    public static Optional<ServiceKind> of(String wireName) {
        return Stream.of(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** As the table and the referral name it. */
    public String wireName() {
        return wireName;
    }

    public Answer answer() {
        return answer;
    }

    /** What it orders and who takes that, for a refusal. */
    public String ordered() {
        return ordered;
    }
}
