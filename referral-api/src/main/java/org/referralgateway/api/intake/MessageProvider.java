package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.stereotype.Component;

/** {@code POST /fhir/$process-message}, and {@code $process-messages} as Ocean calls it. */
@Component
class MessageProvider implements SystemProvider {

    private final SubmissionReader reader;
    private final MessageAnswers answers;

    MessageProvider(SubmissionReader reader, MessageAnswers answers) {
        this.reader = reader;
        this.answers = answers;
    }

    @Operation(name = "$process-message")
    public Bundle message(@ResourceParam Bundle message, RequestDetails details) {
        return answer(message, details);
    }

    @Operation(name = "$process-messages")
    public Bundle messages(@ResourceParam Bundle message, RequestDetails details) {
        return answer(message, details);
    }

    private Bundle answer(Bundle message, RequestDetails details) {
        var payload = Payload.of(details);
        return answers.answer(payload, reader.read(payload.checked(), message));
    }
}
