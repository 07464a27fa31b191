package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.mapper.Outcomes;
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
        return switch (intake.receive(payload, reader.supporting(payload.checked(), resource))) {
            case Accepted accepted -> outcome(accepted.stored(), resource, true, payload);
            case Known known -> outcome(known.stored(), resource, false, payload);
            case Refused refused -> throw Refusal.of(refused.issues());
        };
    }

    private static MethodOutcome outcome(StoredSubmission stored, Resource resource, boolean created, Payload payload) {
        var outcome = Created.outcome(stored.places().getFirst(), stored.receivedAt(), resource, created);
        outcome.setOperationOutcome(Outcomes.of(payload.checked().problems()));
        return outcome;
    }

    @Read(version = true)
    public T read(@IdParam IdType id, RequestDetails details) {
        return type.cast(reads.required(type.getSimpleName(), id, details));
    }
}
