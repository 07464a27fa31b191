package org.referralgateway.api.intake;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Withdrawal;

/** What is to be done with something that arrived. Made without changing anything, so that a preview can stop here. */
sealed interface Plan {

    /** Nothing: it is wrong. */
    record Refuse(List<MappingIssue> issues) implements Plan {}

    /**
     * To be kept until something else arrives.
     *
     * @param waitsFor any of these: {@code Type/id}, or {@code number:system|value}
     * @param fetch reference of the ServiceRequest on the sender's own server
     */
    record Park(List<String> waitsFor, @Nullable String fetch, List<MappingIssue> issues) implements Plan {}

    /** Nothing: the referral is here already; its coordination task tells how it goes on. */
    record Follow(UUID referral, UUID task) implements Plan {}

    /**
     * To be stored.
     *
     * @param created new referrals
     * @param revised referrals that are there already
     * @param companions what is said about ServiceRequests that are stored but are no referrals
     */
    record Store(
            ResourceGraph graph,
            Map<SentResource, Mapped.Complete> created,
            Map<SentResource, Revision> revised,
            List<MappingIssue> companions)
            implements Plan {}

    /** A new version of a referral. */
    sealed interface Revision {
        UUID referral();

        record Amended(UUID referral, Mapped.Complete mapped) implements Revision {}

        /**
         * @param patient the numbers of the person whom the withdrawal names; empty where it names none
         */
        record Withdrawn(UUID referral, Withdrawal why, List<BusinessIdentifier> patient) implements Revision {}
    }
}
