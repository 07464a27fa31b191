package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.mapper.ConditionalIdentifier;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.stereotype.Component;

/** {@code /fhir/ServiceRequest}: a referral sent alone, read back, and found by the placer's own number. */
@Component
class ServiceRequestProvider implements IResourceProvider {

    private final ReferralIntake intake;
    private final SubmissionReader reader;
    private final Receipts receipts;
    private final ReferralReads reads;
    private final ReferralSearch search;

    ServiceRequestProvider(
            ReferralIntake intake,
            SubmissionReader reader,
            Receipts receipts,
            ReferralReads reads,
            ReferralSearch search) {
        this.intake = intake;
        this.reader = reader;
        this.receipts = receipts;
        this.reads = reads;
        this.search = search;
    }

    @Override
    public Class<ServiceRequest> getResourceType() {
        return ServiceRequest.class;
    }

    @Create
    public MethodOutcome create(
            @ResourceParam ServiceRequest request,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails details) {
        if (condition != null) {
            var known = knownUnder(condition);
            if (known != null) {
                return outcome(new Place(-1, "ServiceRequest", known, 1, false), request, details);
            }
        }
        var payload = Payload.of(details);
        return answer(intake.receive(payload, reader.read(payload.checked(), request)), request, details);
    }

    /** An amendment: a new version of the referral, or a new referral where the id or number is not known. */
    @Update
    public MethodOutcome update(
            @IdParam @Nullable IdType id,
            @ResourceParam ServiceRequest request,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails details) {
        var payload = Payload.of(details);
        var write = condition == null && id != null ? new Write.Put(id.getIdPart()) : putWhere(condition);
        var ifMatch = id != null && id.hasVersionIdPart() ? Integer.valueOf(version(id)) : null;
        var outcome = answer(
                intake.receive(payload, reader.readPut(payload.checked(), request, write), ifMatch), request, details);
        // HAPI names the place of what was created only; a sender that put by number needs it as well
        details.getResponse()
                .addHeader(
                        "Location",
                        outcome.getId()
                                .withServerBase(details.getFhirServerBase(), "ServiceRequest")
                                .getValue());
        return outcome;
    }

    private static String version(IdType id) {
        return id.getVersionIdPart().matches("[0-9]{1,9}") ? id.getVersionIdPart() : "0";
    }

    private static Write putWhere(@Nullable String condition) {
        return ConditionalIdentifier.of(String.valueOf(condition))
                .map(Write.PutWhere::new)
                .orElseThrow(() -> Refusal.of(
                        412,
                        MappingIssue.error(
                                IssueCode.CONDITION_NOT_SUPPORTED,
                                "",
                                "A conditional update is understood with identifier=system|value only. Nothing was"
                                        + " stored.")));
    }

    private MethodOutcome answer(IntakeResult result, ServiceRequest request, RequestDetails details) {
        return switch (result) {
            case Accepted accepted -> {
                var place = accepted.stored().places().getFirst();
                var outcome = Created.outcome(place, accepted.stored().receivedAt(), request, place.created());
                outcome.setOperationOutcome(receipts.of(accepted, place.entry()));
                yield outcome;
            }
            case Known known -> outcome(known.stored().places().getFirst(), request, details);
            case Parked parked -> throw Waits.answer(parked);
            case Followed followed -> throw new IllegalStateException("Only a Task follows a referral.");
            case Refused refused -> throw Refusal.of(refused.issues());
        };
    }

    private MethodOutcome outcome(Place place, ServiceRequest request, RequestDetails details) {
        var first = reads.read("ServiceRequest", place.id(), place.version(), details);
        var outcome =
                new MethodOutcome(new IdType("ServiceRequest", place.id(), String.valueOf(place.version())), false);
        first.ifPresent(outcome::setResource);
        outcome.setOperationOutcome(receipts.ofStored(UUID.fromString(place.id())));
        return outcome;
    }

    /** The id of the one referral that the condition names; nothing where there is none. */
    private @Nullable String knownUnder(String condition) {
        var identifier = ConditionalIdentifier.of(condition);
        if (identifier.isEmpty()) {
            throw Refusal.of(
                    412,
                    MappingIssue.error(
                            IssueCode.CONDITION_NOT_SUPPORTED,
                            "",
                            "If-None-Exist is understood as identifier=system|value only. Nothing was stored."));
        }
        var ids = reads.idsByIdentifier("ServiceRequest", identifier.get());
        if (ids.size() > 1) {
            throw Refusal.of(
                    412,
                    MappingIssue.error(
                            IssueCode.CONDITION_NOT_SUPPORTED,
                            "",
                            "Several ServiceRequests match If-None-Exist. Nothing was stored."));
        }
        return ids.isEmpty() ? null : ids.getFirst();
    }

    @Read(version = true)
    public ServiceRequest read(@IdParam IdType id, RequestDetails details) {
        return (ServiceRequest) reads.required("ServiceRequest", id, details);
    }

    @Search
    public Bundle search(
            @OptionalParam(name = "_id") @Nullable TokenOrListParam id,
            @OptionalParam(name = "identifier") @Nullable TokenOrListParam identifier,
            @OptionalParam(name = "requisition") @Nullable TokenOrListParam requisition,
            @OptionalParam(name = "patient") @Nullable ReferenceParam patient,
            @OptionalParam(name = "status") @Nullable TokenOrListParam status,
            @OptionalParam(name = "_lastUpdated") @Nullable DateRangeParam lastUpdated,
            @OptionalParam(name = "_cursor") @Nullable StringParam cursor,
            @Count @Nullable Integer count,
            RequestDetails details) {
        return search.page(
                new ReferralSearch.Criteria(
                        texts(id),
                        tokens(identifier),
                        tokens(requisition),
                        patient,
                        texts(status),
                        lastUpdated,
                        cursor,
                        count),
                details);
    }

    private static List<String> texts(@Nullable TokenOrListParam tokens) {
        return tokens(tokens).stream().map(TokenParam::getValue).toList();
    }

    private static List<TokenParam> tokens(@Nullable TokenOrListParam tokens) {
        return tokens == null ? List.of() : tokens.getValuesAsQueryTokens();
    }
}
