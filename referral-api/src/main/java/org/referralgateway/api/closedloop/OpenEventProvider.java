package org.referralgateway.api.closedloop;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.LockedBytes.NotForThisKey;
import org.referralgateway.events.LockedEvents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * {@code ServiceRequest/{id}/$open-event}: the data of an event that a consumer has read from the topic. The key stays here, so
 * that nobody keeps one when the person is erased.
 */
@Component
class OpenEventProvider implements SystemProvider {

    private final Vault vault;
    private final JdbcClient db;
    private final Identity identity;
    private final AuditTrail audit;
    private final Clock clock;

    OpenEventProvider(Vault vault, JdbcClient db, Identity identity, AuditTrail audit, Clock clock) {
        this.vault = vault;
        this.db = db;
        this.identity = identity;
        this.audit = audit;
        this.clock = clock;
    }

    @Operation(name = "$open-event", type = ServiceRequest.class)
    @Transactional
    public Parameters open(
            @IdParam IdType referral,
            @OperationParam(name = "id") @Nullable StringType id,
            @OperationParam(name = "type") @Nullable StringType type,
            @OperationParam(name = "sequence") @Nullable StringType sequence,
            @OperationParam(name = "data") @Nullable Base64BinaryType data,
            RequestDetails details) {
        var sender = identity.sender();
        var own = own(sender, referral);
        if (id == null || type == null || sequence == null || data == null || data.getValue() == null) {
            throw new InvalidRequestException("id, type, sequence and data are needed");
        }
        var headers = Map.of(
                "content-type", LockedEvents.CONTENT_TYPE,
                "ce_id", String.valueOf(id.getValue()),
                "ce_type", String.valueOf(type.getValue()),
                "ce_subject", "ServiceRequest/" + own,
                "ce_sequence", String.valueOf(sequence.getValue()));
        var opened = opened(headers, own, data.getValue());
        audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                "fhir.event-opened",
                "success",
                own,
                null,
                details.getRequestId(),
                Map.of()));
        var answer = new Parameters();
        answer.addParameter("data", new String(opened, StandardCharsets.UTF_8));
        return answer;
    }

    private byte[] opened(Map<String, String> headers, UUID referral, byte[] data) {
        try {
            return java.util.Objects.requireNonNull(vault.open(headers, referral, data));
        } catch (NotForThisKey e) {
            throw new InvalidRequestException("not that event of this referral");
        }
    }

    /** 404, whether it is somebody else's or nobody's. */
    private UUID own(String sender, IdType id) {
        return db.sql("select referral from referral where sender = :sender and referral = :id")
                .param("sender", sender)
                .param("id", Ids.read(id.getIdPart()).orElseThrow(() -> new ResourceNotFoundException(id)))
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }
}
