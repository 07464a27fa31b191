package org.referralgateway.mapper;

import java.util.List;

/** Every shape that the gateway knows. They are asked in this order, and the first that recognises a payload reads it. */
public final class Dialects {

    /** What was read from a sender's own server keeps the name of how it was sent. */
    public static final Dialect TASK_BY_REFERENCE = new TaskByReference();

    /** One row per dialect. Rows that refuse come last in their kind, so that a new row goes above them. */
    public static final List<Dialect> ALL = List.of(
            new BarsMessage(), //              message, events of NHS England's Booking and Referral Standard
            new BserMessage(), //              message, event I12, focus on a Task (HL7 BSeR)
            new V2ReferralMessage(), //        message, events I12, I13, I14 of HL7 v2's REF messages
            new CanadianMessage(), //          message, events of CA:eReC and Ontario
            new CowMessage(), //               message, events new-order and order-update (HL7 COW)
            new ChileanMessage(), //           message, events of Chile's waiting list (SIGTE)
            new DanishMessage(), //            message, event ffb-service-request of Danish municipalities (KL)
            new OtherMessage(), //             message, any other event: refused, with the list of those above
            new DocumentBundle(), //           document: a Composition and one ServiceRequest (CH ORF, eTOC)
            new TransactionBundle(), //        transaction (US Core, AU eRequesting, generic)
            new BatchBundle(), //              batch
            new CollectionBundle(), //         collection
            new OtherBundle(), //              answers, histories, search results: refused
            new WithdrawingTask(), //          Task that calls a referral off: code abort, or status cancelled
            TASK_BY_REFERENCE, //              Task that points to a ServiceRequest elsewhere (COW, UMZH, Gravity)
            new BareServiceRequest(), //       ServiceRequest alone
            new SupportingResource()); //      Patient, Condition and so on, alone, ahead of its referral

    /** The one dialect whose parts succeed or fail each by itself. */
    public static final String BATCH_BUNDLE = "batch-bundle";

    private Dialects() {}

    /** The names of all rows, in their order. */
    public static List<String> names() {
        return ALL.stream().map(Dialect::wireName).toList();
    }
}
