package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.mapper.BusinessIdentifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a sender read its own; every read leaves an audit row in the same transaction. */
@Service
class ReferralReads {

    private final ReceivedResources resources;
    private final Submissions submissions;
    private final Identity identity;
    private final AuditTrail audit;
    private final Clock clock;

    ReferralReads(
            ReceivedResources resources, Submissions submissions, Identity identity, AuditTrail audit, Clock clock) {
        this.resources = resources;
        this.submissions = submissions;
        this.identity = identity;
        this.audit = audit;
        this.clock = clock;
    }

    /** The resource, or 404, whether it is somebody else's or nobody's. */
    @Transactional
    public Resource required(String type, IdType id, RequestDetails details) {
        Integer version = null;
        if (id.hasVersionIdPart()) {
            if (!id.getVersionIdPart().matches("[0-9]{1,9}")) {
                throw new ResourceNotFoundException(id);
            }
            version = Integer.valueOf(id.getVersionIdPart());
        }
        return read(type, id.getIdPart(), version, details).orElseThrow(() -> new ResourceNotFoundException(id));
    }

    @Transactional
    public Optional<Resource> read(String type, String id, @Nullable Integer version, RequestDetails details) {
        var sender = identity.sender();
        var resource = resources.read(sender, type, id, version);
        resource.ifPresent(found -> audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                "fhir.read",
                "success",
                type.equals("ServiceRequest") ? UUID.fromString(id) : null,
                version,
                details.getRequestId(),
                Map.of("type", type, "id", id))));
        return resource;
    }

    List<String> idsByIdentifier(String type, BusinessIdentifier identifier) {
        return submissions.idsByIdentifier(identity.sender(), type, identifier.system(), identifier.value());
    }
}
