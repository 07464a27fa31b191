package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.mapper.SentResource.Write;

/** Makes objects of a payload that {@link PayloadCheck} let through, and sorts out what the sender wants done with them. */
public final class SubmissionReader {

    private final FhirContext fhir;

    public SubmissionReader(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Parses with HAPI. Faults that the check let travel (in supporting resources) lose only the element they are in.
     *
     * @return the resource, or an empty list's worth of it: an error issue where even a lenient parser gives up
     */
    public Parsed parse(byte[] body) {
        IParser parser = fhir.newJsonParser();
        // Strictness is PayloadCheck's; it has already said everything, with FHIRPaths, and HAPI would stop at the
        // first.
        parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false); // an id stays what was sent
        try {
            return new Parsed.Understood((Resource) parser.parseResource(text(body)));
        } catch (DataFormatException | IllegalArgumentException | ClassCastException e) {
            return new Parsed.Broken(
                    MappingIssue.error(IssueCode.JSON_SYNTAX, "", "The body cannot be read as a FHIR R4 resource."));
        }
    }

    /** HAPI does not know a byte order mark. */
    private static String text(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What came of parsing. */
    public sealed interface Parsed {
        record Understood(Resource resource) implements Parsed {}

        record Broken(MappingIssue issue) implements Parsed {}
    }

    /** A ServiceRequest that was sent alone. */
    public Submission bare(CheckedPayload payload, ServiceRequest request) {
        var sent = new SentResource(payload.parts().getFirst(), "ServiceRequest", request, null, new Write.Create());
        return new Submission(Dialect.BARE_SERVICE_REQUEST, List.of(sent), travelling(payload));
    }

    /** A resource that a later referral will point to, sent alone. */
    public Submission supporting(CheckedPayload payload, Resource resource) {
        var sent =
                new SentResource(payload.parts().getFirst(), resource.fhirType(), resource, null, new Write.Create());
        return new Submission(Dialect.SUPPORTING_RESOURCE, List.of(sent), travelling(payload));
    }

    /** A Bundle. */
    public Submission bundle(CheckedPayload payload, Bundle bundle) {
        var dialect = dialect(bundle);
        if (dialect == null || !dialect.isUnderstood()) {
            return refused(payload, dialect == null ? Dialect.COLLECTION_BUNDLE : dialect, notSupported(bundle));
        }
        var plan = new BundlePlan(dialect, payload, bundle);
        return plan.submission(travelling(payload));
    }

    private static @org.jspecify.annotations.Nullable Dialect dialect(Bundle bundle) {
        var type = bundle.getType();
        if (type == null) {
            return null;
        }
        return switch (type) {
            case TRANSACTION -> Dialect.TRANSACTION_BUNDLE;
            case BATCH -> Dialect.BATCH_BUNDLE;
            case COLLECTION -> Dialect.COLLECTION_BUNDLE;
            case MESSAGE -> Dialect.MESSAGE_BUNDLE;
            case DOCUMENT -> Dialect.DOCUMENT_BUNDLE;
            case TRANSACTIONRESPONSE, BATCHRESPONSE, HISTORY, SEARCHSET, NULL -> null;
        };
    }

    private static MappingIssue notSupported(Bundle bundle) {
        var type = bundle.getType() == null ? "(none)" : bundle.getType().toCode();
        return MappingIssue.error(
                IssueCode.BUNDLE_TYPE_NOT_SUPPORTED,
                "Bundle.type",
                "Bundles of type " + type
                        + " are not supported yet. Send the referral as a ServiceRequest, or as a Bundle"
                        + " of type transaction, batch or collection.");
    }

    private static Submission refused(CheckedPayload payload, Dialect dialect, MappingIssue issue) {
        var issues = new ArrayList<>(travelling(payload));
        issues.add(issue);
        return new Submission(dialect, List.of(), issues);
    }

    private static List<MappingIssue> travelling(CheckedPayload payload) {
        return payload.problems();
    }
}
