package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.mapper.SentResource.Write;

/** A ServiceRequest that was sent alone: its parts are contained in it, were sent before, or are only named. */
final class BareServiceRequest implements Dialect {

    @Override
    public String wireName() {
        return "bare-service-request";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.resource() instanceof ServiceRequest;
    }

    @Override
    public Submission read(Sent sent) {
        return Submission.of(this, List.of(sent.alone(new Write.Create())), sent.problems());
    }
}
