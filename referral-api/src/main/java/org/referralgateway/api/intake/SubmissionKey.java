package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.ContentHash;
import org.referralgateway.mapper.Identifiers;
import org.referralgateway.mapper.SentResource;

/**
 * One of the things that say that two requests are the same one: the request's id, the placer's number, or, where there is
 * no number, the content.
 *
 * @param kind {@code request}, {@code placer}, {@code content} or {@code create}
 */
record SubmissionKey(String kind, String key) {

    private static final Comparator<SubmissionKey> ORDER =
            Comparator.comparing(SubmissionKey::kind).thenComparing(SubmissionKey::key);

    static final String REQUEST = "request";
    static final String PLACER = "placer";
    private static final String CONTENT = "content";
    private static final String CREATE = "create";

    /** The keys of some ServiceRequests that were sent together, sorted, so that two requests lock them in one order. */
    static List<SubmissionKey> of(Payload payload, List<SentResource> requests) {
        var keys = new ArrayList<SubmissionKey>();
        if (requests.isEmpty() && payload.sentRequestId() != null) {
            keys.add(request(payload, -1));
        }
        for (var sent : requests) {
            var identity = Identifiers.placerIdentity((ServiceRequest) sent.resource());
            identity.forEach(identifier -> keys.add(new SubmissionKey(PLACER, identifier.token())));
            if (identity.isEmpty()) {
                keys.add(new SubmissionKey(
                        CONTENT,
                        ContentHash.of(payload.body()) + "#" + sent.part().entry()));
            }
            if (payload.sentRequestId() != null) {
                keys.add(request(payload, sent.part().entry()));
            }
        }
        keys.sort(ORDER);
        return keys;
    }

    private static SubmissionKey request(Payload payload, int entry) {
        var correlation = payload.correlationId() == null ? "" : payload.correlationId();
        return new SubmissionKey(REQUEST, payload.sentRequestId() + "|" + correlation + "#" + entry);
    }

    /** Claimed by whoever creates a resource under a condition, so that a parallel twin does not create it as well. */
    static SubmissionKey conditionalCreate(String type, String token) {
        return new SubmissionKey(CREATE, type + "?" + token);
    }
}
