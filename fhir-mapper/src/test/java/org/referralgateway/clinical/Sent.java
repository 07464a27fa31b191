package org.referralgateway.clinical;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadLimits;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SubmissionReader;

/** The real way of a payload to a mapped referral, before the rules. */
final class Sent {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final PayloadCheck CHECK = new PayloadCheck(FHIR, PayloadLimits.defaults());
    private static final SubmissionReader READER = new SubmissionReader(FHIR);
    private static final ReferralMapper MAPPER = new ReferralMapper(ClinicalTables.shipped());

    /** What was mapped once: the rules are tried on the same stories over and over. */
    private static final Map<String, Mapped.Complete> MAPPED = new ConcurrentHashMap<>();

    private Sent() {}

    static Mapped.Complete complete(byte[] body, Instant receivedAt) {
        return MAPPED.computeIfAbsent(receivedAt + new String(body, UTF_8), any -> mapped(body, receivedAt));
    }

    private static Mapped.Complete mapped(byte[] body, Instant receivedAt) {
        var checked = CHECK.check(body);
        if (!checked.isAcceptable()) {
            throw new AssertionError("Refused: " + checked.problems());
        }
        if (!(READER.parse(body) instanceof SubmissionReader.Parsed.Understood(var resource))) {
            throw new AssertionError("The body cannot be read.");
        }
        var submission = READER.read(checked, resource);
        if (submission.serviceRequests().isEmpty()) {
            throw new AssertionError("Refused: " + submission.issues());
        }
        var graph = ResourceGraph.of(submission.resources());
        var mapped = MAPPER.map(
                submission.dialect(), submission.serviceRequests().getFirst(), graph, submission.issues(), receivedAt);
        return switch (mapped) {
            case Mapped.Complete complete -> complete;
            case Mapped.Refused refused -> throw new AssertionError("Refused: " + refused.issues());
        };
    }
}
