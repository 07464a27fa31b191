package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReceiptTest {
    private static final String ISSUE = "{'severity':'warning','code':'value','diagnostics':'No priority.'}";

    @Test
    void knowsTheReferralFromTheLocationOfACreate() {
        var receipt = receipt(
                201,
                "http://127.0.0.1:8080/fhir/ServiceRequest/0197-ab/_history/1",
                "{'resourceType':'OperationOutcome','issue':[" + ISSUE + "]}");

        assertThat(receipt.referrals()).containsExactly("0197-ab");
        assertThat(receipt.isAlreadyKnown()).isFalse();
        assertThat(receipt.issues()).hasSize(1);
    }

    @Test
    void knowsTheReferralFromTheEntryOfATransaction() {
        var receipt = receipt(200, "", """
                {'resourceType':'Bundle','type':'transaction-response','entry':[
                  {'response':{'status':'201 Created','location':'Patient/1/_history/1'}},
                  {'response':{'status':'201 Created','location':'ServiceRequest/0197-ab/_history/1',
                               'outcome':{'resourceType':'OperationOutcome','issue':[%s]}}}]}""".formatted(ISSUE));

        assertThat(receipt.referrals()).containsExactly("0197-ab");
        assertThat(receipt.isAlreadyKnown()).isFalse();
        assertThat(receipt.issues()).hasSize(1);
    }

    @Test
    void knowsEveryReferralOfABatch() {
        var receipt = receipt(200, "", """
                {'resourceType':'Bundle','type':'batch-response','entry':[
                  {'response':{'status':'201 Created','location':'ServiceRequest/1/_history/1'}},
                  {'response':{'status':'422 Unprocessable Content'}},
                  {'response':{'status':'200 OK','location':'ServiceRequest/2'}}]}""");

        assertThat(receipt.referrals()).containsExactly("1", "2");
        assertThat(receipt.isAlreadyKnown()).isFalse();
    }

    @Test
    void tellsARepeatedRequestFromANewOne() {
        assertThat(receipt(200, "ServiceRequest/0197-ab", "{}").isAlreadyKnown())
                .isTrue();
        assertThat(receipt(200, "", "{'entry':[{'response':{'status':'200 OK','location':'ServiceRequest/0197-ab'}}]}")
                        .isAlreadyKnown())
                .isTrue();
    }

    @Test
    void hasNoReferralWhereTheRequestWasRefused() {
        assertThat(receipt(422, "", "{'resourceType':'OperationOutcome','issue':[" + ISSUE + "]}")
                        .meaning())
                .isEqualTo("refused");
    }

    private static Receipt receipt(int status, String location, String body) {
        return new Receipt(status, location, new JsonMapper().readTree(body.replace('\'', '"')));
    }
}
