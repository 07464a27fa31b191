package org.referralgateway.api.closedloop;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Date;
import java.util.Locale;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.referralgateway.api.assessment.TasksToBe;
import org.referralgateway.api.intake.Previews;
import org.referralgateway.api.intake.Previews.Action;
import org.referralgateway.api.intake.Previews.OneReferral;
import org.referralgateway.api.intake.ReferralReceipts;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.stereotype.Component;

/**
 * {@code $preview}: the answer, the mapping with its lineage and the tasks that a real request would get, and nothing stored;
 * {@code $receipt}: the same of a referral that is there.
 */
@Component
class PreviewProvider implements SystemProvider {

    private final Previews previews;
    private final ReferralReceipts receipts;
    private final TasksToBe tasks;
    private final SubmissionReader reader;

    PreviewProvider(Previews previews, ReferralReceipts receipts, TasksToBe tasks, SubmissionReader reader) {
        this.previews = previews;
        this.receipts = receipts;
        this.tasks = tasks;
        this.reader = reader;
    }

    @Operation(name = "$preview", type = ServiceRequest.class)
    public Parameters ofServiceRequest(@ResourceParam IBaseResource resource, RequestDetails details) {
        return preview((Resource) resource, details);
    }

    @Operation(name = "$preview")
    public Parameters ofAnything(@ResourceParam IBaseResource resource, RequestDetails details) {
        return preview((Resource) resource, details);
    }

    private Parameters preview(Resource resource, RequestDetails details) {
        var payload = Payload.of(details);
        var previewed = previews.of(payload, reader.read(payload.checked(), resource));
        var answer = new Parameters();
        answer.addParameter("status", new IntegerType(previewed.status()));
        answer.addParameter("action", code(previewed.action()));
        answer.addParameter("dialect", new CodeType(previewed.dialect()));
        answer.addParameter().setName("outcome").setResource(Outcomes.of(previewed.issues()));
        previewed.referrals().forEach(one -> referral(answer.addParameter().setName("referral"), one));
        return answer;
    }

    private static CodeType code(Action action) {
        return new CodeType(action.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void referral(ParametersParameterComponent into, OneReferral one) {
        into.addPart().setName("path").setValue(new StringType(one.path()));
        into.addPart().setName("action").setValue(code(one.action()));
        if (one.known() != null) {
            into.addPart().setName("known").setValue(new Reference("ServiceRequest/" + one.known()));
        }
        if (one.mapped() != null) {
            ReceiptParts.conclusions(into, one.mapped().referral().conclusions());
            ReceiptParts.lineage(into, one.mapped().referral());
            if (one.action() == Action.CREATED) {
                tasks.onReceipt(one.mapped().facts()).forEach(task -> task(into, task));
            }
        }
    }

    private static void task(ParametersParameterComponent into, TasksToBe.TaskToBe task) {
        var part = into.addPart().setName("task");
        part.addPart().setName("code").setValue(new CodeType(task.code()));
        part.addPart().setName("owner").setValue(new CodeType(task.ownerRole()));
        part.addPart().setName("due").setValue(new InstantType(Date.from(task.dueAt())));
        part.addPart().setName("because").setValue(new StringType(task.because()));
    }

    @Operation(name = "$receipt", type = ServiceRequest.class, idempotent = true)
    public Parameters receipt(@IdParam IdType id, RequestDetails details) {
        Referral referral = receipts.required(id, details);
        var answer = new Parameters();
        answer.addParameter("dialect", new CodeType(referral.dialect()));
        answer.addParameter().setName("outcome").setResource(Outcomes.of(referral.issues()));
        var part = answer.addParameter().setName("referral");
        ReceiptParts.conclusions(part, referral.conclusions());
        ReceiptParts.lineage(part, referral);
        return answer;
    }
}
