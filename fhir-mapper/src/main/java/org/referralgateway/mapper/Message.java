package org.referralgateway.mapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.jspecify.annotations.Nullable;

/**
 * A message as such: what its answer needs. Source: <a href="http://hl7.org/fhir/R4/messaging.html">messaging</a>.
 *
 * @param identity of this message at its sender: {@code Bundle.identifier}, else {@code Bundle.id}, else the id of the
 *     header; absent where it has none of them
 * @param responseTo what {@code MessageHeader.response.identifier} of the answer names; absent where nothing can be named
 * @param answer the event of the answer
 * @param replyTo the endpoint that the sender named as its own; an address or any other URI
 * @param saidAt when it was made: {@code Bundle.timestamp}
 * @param repeatIsConflict true where the dialect wants a repeated message answered by 409 instead of the first answer
 */
public record Message(
        @Nullable String identity,
        @Nullable String responseTo,
        Coding answer,
        @Nullable String replyTo,
        @Nullable Instant saidAt,
        boolean repeatIsConflict) {

    static Message of(Bundle bundle, MessageHeader header, Coding answer, boolean repeatIsConflict) {
        var id = bundle.getIdElement().getIdPart();
        var headerId = header.getIdElement().getIdPart();
        var identifier = Identifiers.of(bundle.getIdentifier()).map(BusinessIdentifier::token);
        return new Message(
                identifier.orElse(id == null ? headerId : id),
                id == null ? headerId : id,
                answer,
                header.getSource().getEndpoint(),
                saidAt(bundle),
                repeatIsConflict);
    }

    private static @Nullable Instant saidAt(Bundle bundle) {
        var sent = bundle.getTimestampElement().getValueAsString();
        try {
            return sent == null ? null : OffsetDateTime.parse(sent).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
