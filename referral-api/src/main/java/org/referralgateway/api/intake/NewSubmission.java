package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.Dialect;
import org.referralgateway.mapper.Referral;

/**
 * Everything that one commit stores.
 *
 * @param keys claimed all or none
 * @param links what references in the body became
 * @param handles by which requests that wait may wait for this: {@code Type/id}, or {@code number:system|value}
 * @param referrals new ones
 * @param uses what the referrals point to that was sent before, as {@code Type/id}
 * @param belongsTo referrals from before that a resource sent alone says it belongs to, as {@code ServiceRequest/id}
 * @param saidAt when the message was made, where it is one that says so
 * @param revised referrals that are there and get a new version with this submission, by the entry of their request
 */
record NewSubmission(
        String sender,
        UUID id,
        Instant receivedAt,
        Dialect dialect,
        Payload payload,
        List<SubmissionKey> keys,
        Map<String, String> links,
        List<String> handles,
        List<NewResource> resources,
        List<NewReferral> referrals,
        List<String> uses,
        List<String> belongsTo,
        @org.jspecify.annotations.Nullable Instant saidAt,
        Map<Integer, UUID> revised) {

    /**
     * The name of the key of what was sent: that of the referral where it is about a single one, so that one key erases
     * both; else one of its own.
     */
    UUID keyName() {
        var all = new java.util.HashSet<>(revised.values());
        referrals.forEach(referral -> all.add(referral.id()));
        return all.size() == 1 ? all.iterator().next() : id;
    }

    /** Resources under ids that the sender chose, as {@code Type/id}: versions of them may be there, and in use. */
    List<String> puts() {
        return resources.stream()
                .filter(resource -> resource.put() && !resource.type().equals("ServiceRequest"))
                .map(resource -> resource.type() + "/" + resource.id())
                .toList();
    }

    /**
     * @param put the sender chose the id; a version of it may be there already
     * @param requisition that a ServiceRequest shares with others
     */
    record NewResource(
            String type,
            String id,
            boolean put,
            int entry,
            int offset,
            int length,
            List<BusinessIdentifier> identifiers,
            Optional<BusinessIdentifier> requisition) {}

    /**
     * @param patient {@code Patient/id} where the gateway holds the Patient as a resource of its own
     * @param event {@code referral.received.v1}
     */
    record NewReferral(
            UUID id,
            int entry,
            UUID coordinationTask,
            Referral content,
            byte[] json,
            @org.jspecify.annotations.Nullable String patient,
            EventEnvelope event) {}
}
