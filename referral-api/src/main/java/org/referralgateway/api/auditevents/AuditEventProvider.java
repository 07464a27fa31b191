package org.referralgateway.api.auditevents;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.TrailRows;
import org.referralgateway.api.audit.TrailRows.Criteria;
import org.referralgateway.api.audit.Who;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.SearchPage;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@code /fhir/AuditEvent}: the trail, for the clinic's auditors. Reading it leaves a row as well. */
@Component
class AuditEventProvider implements IResourceProvider {

    private static final int DEFAULT_COUNT = 50;
    private static final int MOST = 500;
    private static final UUID NOBODY = new UUID(0, 0);

    private final TrailRows rows;
    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    AuditEventProvider(TrailRows rows, AuditTrail trail, Identity identity, Clock clock) {
        this.rows = rows;
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /** Whose trail the caller may read: that of the tenants within reach, and what is about nobody's referral. */
    private List<String> senders() {
        return Stream.concat(identity.clinicSenders().stream(), Stream.of(AuditTrail.HOUSE))
                .toList();
    }

    @Read
    @Transactional
    public AuditEvent read(@IdParam IdType id, RequestDetails details) {
        var found = rows.find(Criteria.of(senders()).at(position(id.getIdPart())), 1);
        if (found.isEmpty()) {
            throw new ResourceNotFoundException(id);
        }
        audited("fhir.read", Map.of("type", "AuditEvent", "id", id.getIdPart()), details);
        return AuditEventRendering.of(found.getFirst());
    }

    /**
     * @param agent who: {@code sender:…}, {@code person:…} or {@code system:…}
     * @param subtype the action as the trail names it
     */
    @Search
    @Transactional
    public Bundle search(
            @OptionalParam(name = "_id") @Nullable TokenParam id,
            @OptionalParam(name = "date") @Nullable DateRangeParam date,
            @OptionalParam(name = "entity") @Nullable ReferenceParam entity,
            @OptionalParam(name = "patient") @Nullable ReferenceParam patient,
            @OptionalParam(name = "agent-name") @Nullable StringParam agent,
            @OptionalParam(name = "subtype") @Nullable TokenParam subtype,
            @OptionalParam(name = "outcome") @Nullable TokenParam outcome,
            @OptionalParam(name = "_cursor") @Nullable StringParam cursor,
            @Count @Nullable Integer count,
            RequestDetails details) {
        var criteria = new Criteria(
                senders(),
                id == null ? null : (Long) position(id.getValue()),
                null,
                entity == null ? null : uuid(entity.getIdPart()),
                patient == null ? null : "Patient/" + patient.getIdPart(),
                agent == null ? null : agent.getValue(),
                subtype == null ? null : subtype.getValue(),
                outcome == null ? null : "0".equals(outcome.getValue()) ? "success" : "other",
                date == null ? null : instant(date.getLowerBoundAsInstant()),
                date == null ? null : instant(date.getUpperBoundAsInstant()));
        int size = Math.clamp(count == null ? DEFAULT_COUNT : count, 0, MOST);
        var after = SearchPage.Cursor.of(cursor == null ? null : cursor.getValue());
        long total = rows.count(criteria);
        var found =
                rows.find(after == null ? criteria : criteria.below(after.id().getLeastSignificantBits()), size + 1);
        audited("auditevents.searched", Map.of("found", total), details);
        var byId = found.stream()
                .collect(
                        Collectors.toMap(one -> AuditEventRendering.id(one.row().position()), one -> one));
        var page = found.stream()
                .map(one -> new SearchPage.Row(
                        AuditEventRendering.id(one.row().position()), one.row().at()))
                .toList();
        return SearchPage.of(details, total, page, size, row -> {
            var one = byId.get(row.id());
            return one == null ? null : AuditEventRendering.of(one);
        });
    }

    private static java.time.@Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    /** An id that is none of ours is nobody's. */
    private static long position(@Nullable String id) {
        var uuid = uuid(id);
        return uuid.getMostSignificantBits() == 0 ? uuid.getLeastSignificantBits() : -1;
    }

    private static UUID uuid(@Nullable String id) {
        try {
            return id == null ? NOBODY : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return NOBODY;
        }
    }

    private void audited(String action, Map<String, Object> detail, RequestDetails details) {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                Who.person(identity.person()),
                action,
                "success",
                null,
                null,
                details.getRequestId(),
                detail));
    }
}
