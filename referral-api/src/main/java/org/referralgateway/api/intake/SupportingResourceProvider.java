package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.SubmissionReader;

/**
 * {@code /fhir/Patient} and friends: what a sender may send ahead of a referral, for the referral to point to, and read back.
 */
class SupportingResourceProvider<T extends Resource> implements IResourceProvider {

    private final Class<T> type;
    private final ReferralIntake intake;
    private final SubmissionReader reader;
    private final ReferralReads reads;

    SupportingResourceProvider(Class<T> type, ReferralIntake intake, SubmissionReader reader, ReferralReads reads) {
        this.type = type;
        this.intake = intake;
        this.reader = reader;
        this.reads = reads;
    }

    @Override
    public Class<T> getResourceType() {
        return type;
    }

    @Create
    public MethodOutcome create(@ResourceParam T resource, RequestDetails details) {
        var payload = Payload.of(details);
        return answer(intake.receive(payload, reader.read(payload.checked(), resource)), resource, payload);
    }

    /** Under the sender's own id; a new version where that is taken. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam T resource, RequestDetails details) {
        var payload = Payload.of(details);
        var put = reader.readPut(payload.checked(), resource, new Write.Put(id.getIdPart()));
        return answer(intake.receive(payload, put), resource, payload);
    }

    private static MethodOutcome answer(IntakeResult result, Resource resource, Payload payload) {
        return switch (result) {
            case Accepted accepted -> outcome(accepted.stored(), resource, payload, accepted.alsoAmended());
            case Known known -> outcome(known.stored(), resource, payload, List.of());
            case Refused refused -> throw Refusal.of(refused.issues());
            case Parked parked -> throw new IllegalStateException("A supporting resource waits for nothing.");
            case Followed followed -> throw new IllegalStateException("Only a Task follows a referral.");
        };
    }

    private static MethodOutcome outcome(
            StoredSubmission stored, Resource resource, Payload payload, List<MappingIssue> alsoAmended) {
        var place = stored.places().getFirst();
        var outcome = Created.outcome(place, stored.receivedAt(), resource, place.created());
        var issues = new ArrayList<>(payload.checked().problems());
        issues.addAll(alsoAmended);
        outcome.setOperationOutcome(Outcomes.of(issues));
        return outcome;
    }

    @Read(version = true)
    public T read(@IdParam IdType id, RequestDetails details) {
        return type.cast(reads.required(type.getSimpleName(), id, details));
    }
}
