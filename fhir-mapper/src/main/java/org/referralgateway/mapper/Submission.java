package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * What was sent at once, understood as to its shape, with nothing judged yet.
 *
 * @param resources in the order of the payload; for a Bundle its entries, for a bare ServiceRequest that one
 * @param issues what is wrong with the shape; errors refuse the whole
 */
public record Submission(Dialect dialect, List<SentResource> resources, List<MappingIssue> issues) {

    public Submission {
        resources = List.copyOf(resources);
        issues = List.copyOf(issues);
    }

    /** The ServiceRequests among the resources. */
    public List<SentResource> serviceRequests() {
        return resources.stream()
                .filter(sent -> sent.resource() instanceof ServiceRequest)
                .toList();
    }

    public boolean isAcceptable() {
        return issues.stream().noneMatch(MappingIssue::isError);
    }
}
