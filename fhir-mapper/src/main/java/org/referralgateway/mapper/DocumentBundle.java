package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * A document that holds a referral: Composition first, one ServiceRequest inside. Source: CH ORF, CH eTOC;
 * <a href="http://hl7.org/fhir/R4/documents.html">documents</a>.
 */
final class DocumentBundle implements Dialect {

    @Override
    public String wireName() {
        return "document-bundle";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isBundle(Bundle.BundleType.DOCUMENT);
    }

    @Override
    public Submission read(Sent sent) {
        var contents = sent.contents();
        if (contents.isEmpty() || !(contents.getFirst().resource() instanceof Composition)) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.REQUIRED_MISSING,
                            "Bundle.entry[0].resource",
                            "The first entry of a document must be its Composition. Add it."));
        }
        var requests = sent.all(ServiceRequest.class);
        if (requests.isEmpty()) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST,
                            "Bundle.entry",
                            "No entry of the document is a ServiceRequest, so there is no referral in it. Add it."));
        }
        if (requests.size() > 1) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.SEVERAL_SERVICE_REQUESTS,
                            requests.get(1).path(),
                            "A document is taken as one referral, but this one has several ServiceRequests. Send each in a"
                                    + " document of its own, or all in a transaction."));
        }
        return new Submission(this, contents, List.copyOf(requests), null, sent.problems());
    }
}
