package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.ReferralFacts.CompletenessItem;

/** What is only known once everything else of a referral is. */
final class Referrals {

    private Referrals() {}

    static Referral with(Referral of, List<MappingIssue> issues, List<Referral.Lineage> lineage, List<String> dropped) {
        return new Referral(
                of.dialect(),
                of.placerNumbers(),
                of.requisition(),
                of.thread(),
                of.encounter(),
                of.status(),
                of.intent(),
                of.priority(),
                of.authoredOn(),
                of.occurrence(),
                of.patient(),
                of.contactSafety(),
                of.requester(),
                of.performers(),
                of.replyTo(),
                of.kind(),
                of.service(),
                of.categories(),
                of.orderDetails(),
                of.reasons(),
                of.problems(),
                of.treatments(),
                of.procedures(),
                of.allergies(),
                of.measurements(),
                of.documents(),
                of.forms(),
                of.coverage(),
                of.notes(),
                of.completeness(),
                issues,
                lineage,
                dropped,
                of.conclusions());
    }

    /** With what the clinic's rules make of it. */
    static Referral concluded(
            Referral of, List<CompletenessItem> completeness, List<MappingIssue> issues, Conclusions conclusions) {
        var all = new ArrayList<>(of.issues());
        all.addAll(issues);
        return new Referral(
                of.dialect(),
                of.placerNumbers(),
                of.requisition(),
                of.thread(),
                of.encounter(),
                of.status(),
                of.intent(),
                of.priority(),
                of.authoredOn(),
                of.occurrence(),
                of.patient(),
                of.contactSafety(),
                of.requester(),
                of.performers(),
                of.replyTo(),
                of.kind(),
                of.service(),
                of.categories(),
                of.orderDetails(),
                of.reasons(),
                of.problems(),
                of.treatments(),
                of.procedures(),
                of.allergies(),
                of.measurements(),
                of.documents(),
                of.forms(),
                of.coverage(),
                of.notes(),
                completeness,
                List.copyOf(all),
                of.lineage(),
                of.dropped(),
                conclusions);
    }
}
