package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.ContentHash;
import org.referralgateway.mapper.Identifiers;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Submission;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One of the things that say that two requests are the same one: the request's id, the message's, the placer's number, the
 * id under which a sender put it, or, where there is no number, the content.
 *
 * @param kind {@code request}, {@code message}, {@code placer}, {@code put}, {@code content} or {@code create}
 * @param entry whose referral the key leads to; {@link #WHOLE} where it leads to the submission only
 */
record SubmissionKey(String kind, String key, int entry) {

    private static final Comparator<SubmissionKey> ORDER =
            Comparator.comparing(SubmissionKey::kind).thenComparing(SubmissionKey::key);

    static final int WHOLE = Integer.MIN_VALUE;
    static final String REQUEST = "request";
    static final String MESSAGE = "message";
    static final String PLACER = "placer";
    static final String PUT = "put";
    private static final String CONTENT = "content";
    private static final String CREATE = "create";

    /**
     * The keys of what was sent together, sorted, so that two requests lock them in one order.
     *
     * @param created the requests of which new referrals are made
     * @param revised the requests that change referrals that are there; their numbers are taken already
     */
    static List<SubmissionKey> of(
            Payload payload, Submission submission, List<SentResource> created, List<SentResource> revised) {
        var keys = new ArrayList<SubmissionKey>();
        if (created.isEmpty() && revised.isEmpty() && payload.sentRequestId() != null) {
            keys.add(request(payload, -1));
        }
        if (submission.message() != null && submission.message().identity() != null) {
            keys.add(new SubmissionKey(MESSAGE, submission.message().identity(), WHOLE));
        }
        for (var sent : created) {
            keys.addAll(identity(payload, sent));
        }
        for (var sent : Stream.concat(created.stream(), revised.stream()).toList()) {
            if (payload.sentRequestId() != null) {
                keys.add(request(payload, sent.part().entry()));
            }
        }
        keys.sort(ORDER);
        return keys;
    }

    private static List<SubmissionKey> identity(Payload payload, SentResource sent) {
        var keys = new ArrayList<SubmissionKey>();
        int entry = sent.part().entry();
        var numbers = Identifiers.placerIdentity((ServiceRequest) sent.resource());
        numbers.forEach(number -> keys.add(new SubmissionKey(PLACER, number.token(), entry)));
        switch (sent.write()) {
            case Write.Put put -> keys.add(put("ServiceRequest/" + put.id(), entry));
            case Write.PutWhere put -> {
                var key = new SubmissionKey(PLACER, put.identifier().token(), entry);
                if (!keys.contains(key)) {
                    keys.add(key);
                }
            }
            default -> {
                if (numbers.isEmpty()) {
                    keys.add(new SubmissionKey(CONTENT, ContentHash.of(payload.json()) + "#" + entry, entry));
                }
            }
        }
        return keys;
    }

    private static SubmissionKey request(Payload payload, int entry) {
        var correlation = payload.correlationId() == null ? "" : payload.correlationId();
        return new SubmissionKey(REQUEST, payload.sentRequestId() + "|" + correlation + "#" + entry, entry);
    }

    /** Taken by the referral that a sender put under an id of its own. */
    static SubmissionKey put(String reference, int entry) {
        return new SubmissionKey(PUT, reference, entry);
    }

    /** A placer's number, as it is stored. */
    static SubmissionKey placer(String token) {
        return new SubmissionKey(PLACER, token, WHOLE);
    }

    /** Claimed by whoever creates a resource under a condition, so that a parallel twin does not create it as well. */
    static SubmissionKey conditionalCreate(String type, String token) {
        return new SubmissionKey(CREATE, type + "?" + token, WHOLE);
    }

    /** As it lies in the database. */
    String stored(Vault vault, String sender) {
        return Fingerprints.key(vault, sender, kind, key);
    }

    /** As the keys lie there under which a sender put these, given as {@code Type/id}. */
    static SqlArrayValue storedPuts(Vault vault, String sender, Collection<String> references) {
        return new SqlArrayValue(
                "text",
                references.stream()
                        .map(reference -> put(reference, WHOLE).stored(vault, sender))
                        .toArray());
    }

    /** The same key as another: what it leads to does not count. */
    boolean isSame(SubmissionKey other) {
        return kind.equals(other.kind) && key.equals(other.key);
    }
}
