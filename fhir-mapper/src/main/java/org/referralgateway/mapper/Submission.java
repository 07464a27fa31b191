package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was sent at once, understood as to its shape, with nothing judged yet.
 *
 * @param resources everything to be stored, in the order of the payload; for a Bundle its entries
 * @param requests those among the resources that ask for something to be done about a referral: ServiceRequests, or a Task
 *     that stands for one
 * @param message who to answer, where it came as a message
 * @param issues what is wrong with the shape; errors refuse the whole
 */
public record Submission(
        Dialect dialect,
        List<SentResource> resources,
        List<SentResource> requests,
        @Nullable Message message,
        List<MappingIssue> issues) {

    public Submission {
        resources = List.copyOf(resources);
        requests = List.copyOf(requests);
        issues = List.copyOf(issues);
    }

    /** One in which every ServiceRequest asks for something, and which is no message. */
    public static Submission of(Dialect dialect, List<SentResource> resources, List<MappingIssue> issues) {
        var requests = resources.stream()
                .filter(sent -> sent.resource() instanceof ServiceRequest
                        && !(sent.write() instanceof SentResource.Write.Within))
                .toList();
        return new Submission(dialect, resources, requests, null, issues);
    }

    /** One that is refused for its shape. */
    public static Submission refused(Dialect dialect, Sent sent, MappingIssue... errors) {
        var issues = new ArrayList<>(sent.problems());
        issues.addAll(List.of(errors));
        return new Submission(dialect, List.of(), List.of(), null, issues);
    }

    /** The same, known under another dialect. */
    public Submission as(Dialect other) {
        return new Submission(other, resources, requests, message, issues);
    }

    /** The requests that are ServiceRequests. */
    public List<SentResource> serviceRequests() {
        return requests.stream()
                .filter(sent -> sent.resource() instanceof ServiceRequest)
                .toList();
    }

    /** When the message was made; absent where it is none, or does not say. */
    public @Nullable Instant saidAt() {
        return message == null ? null : message.saidAt();
    }

    public boolean isAcceptable() {
        return issues.stream().noneMatch(MappingIssue::isError);
    }
}
