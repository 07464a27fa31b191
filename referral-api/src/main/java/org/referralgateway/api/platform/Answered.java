package org.referralgateway.api.platform;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Ends a FHIR request well, with a status that HAPI cannot give in another way, such as 202. */
public final class Answered extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    public Answered(int status, Map<String, String> headers, OperationOutcome outcome) {
        super(status, "Answered", outcome);
        headers.forEach(this::addResponseHeader);
    }

    /** An expected answer, not a fault: the stack trace would only cost. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
