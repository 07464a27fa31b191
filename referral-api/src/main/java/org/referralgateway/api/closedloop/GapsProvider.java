package org.referralgateway.api.closedloop;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.api.intake.ReferralReceipts;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.GapQuestionnaire;
import org.springframework.stereotype.Component;

/**
 * {@code ServiceRequest/{id}/$questionnaire}: a form that asks for what the clinic's minimum data set misses in a referral, and
 * for nothing else. Its answers come back as a QuestionnaireResponse that is {@code basedOn} the referral.
 */
@Component
class GapsProvider implements SystemProvider {

    private final ReferralReceipts receipts;

    GapsProvider(ReferralReceipts receipts) {
        this.receipts = receipts;
    }

    @Operation(name = "$questionnaire", type = ServiceRequest.class, idempotent = true)
    public Questionnaire gaps(@IdParam IdType id, RequestDetails details) {
        return GapQuestionnaire.of(receipts.required(id, details));
    }
}
