package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A resource that a sender sent, and where it stood.
 *
 * @param part where its bytes lie in the payload
 * @param path FHIRPath prefix of its elements: {@code ServiceRequest}, or {@code Bundle.entry[2].resource}
 * @param fullUrl of its entry, if it had one
 * @param write how the sender wants it stored
 */
public record SentResource(
        CheckedPayload.Part part,
        String path,
        Resource resource,
        @Nullable String fullUrl,
        Write write) {

    /** How the sender wants a resource stored. */
    public sealed interface Write {
        /** As a new resource under an id of ours. */
        record Create() implements Write {}

        /** As a new resource, unless one with this identifier is there already (FHIR's conditional create). */
        record CreateUnlessKnown(BusinessIdentifier identifier) implements Write {}

        /** Not again: it was stored with another part of the same request. */
        record StoredAs(String id) implements Write {}

        /** Under the sender's own id, as a new version where that is taken. */
        record Put(String id) implements Write {}

        /** As a new version of the one with this identifier, or as a new one (FHIR's conditional update). */
        record PutWhere(BusinessIdentifier identifier) implements Write {}

        /**
         * As a new version of a referral that is there; its numbers and ids say which.
         *
         * @param orNew true where it is a new referral if none is there; false where it waits for it
         */
        record Amend(boolean orNew) implements Write {}

        /** The referral that is there is called off; its numbers and ids, or a Task's focus, say which. */
        record Withdraw(Withdrawal why) implements Write {}

        /**
         * The referral stands on the sender's own server.
         *
         * @param reference of the ServiceRequest there; absent where only its number is known, so that it must be sent
         */
        record Fetch(@Nullable String reference) implements Write {}

        /** Not by itself: it lies inside a Bundle that is stored. */
        record Within() implements Write {}
    }

    /** Why a referral is called off. */
    public enum Withdrawal {
        /** It is no longer wanted. */
        REVOKED,
        /** It should never have been sent. */
        ENTERED_IN_ERROR
    }

    /** The resource's type name, for example {@code Patient}. */
    public String type() {
        return part.resourceType();
    }

    /** The same resource, to be stored in another way. */
    public SentResource with(Write other) {
        return new SentResource(part, path, resource, fullUrl, other);
    }
}
