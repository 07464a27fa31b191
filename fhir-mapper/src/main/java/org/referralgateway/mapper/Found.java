package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Resource;

/**
 * A resource that belongs to a referral, and where it stands.
 *
 * @param path FHIRPath prefix of its elements
 * @param earlier true where it was not sent now, but before
 */
record Found<T extends Resource>(T resource, String path, boolean earlier) {

    static <T extends Resource> Found<T> of(ResourceGraph.Node node, Class<T> type) {
        return new Found<>(type.cast(node.resource()), node.path(), node.key() != null);
    }
}
