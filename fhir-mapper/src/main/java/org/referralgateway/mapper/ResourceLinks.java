package org.referralgateway.mapper;

import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** Points references at what their targets became, as FHIR's transaction rules ask of a server. */
public final class ResourceLinks {

    private ResourceLinks() {}

    /**
     * @param resource changed in place
     * @param links from a reference's text as sent to {@code Type/id}
     */
    public static void rewrite(Resource resource, Map<String, String> links) {
        if (links.isEmpty()) {
            return;
        }
        References.in(resource, reference -> {
            var target = reference.getReference() == null ? null : links.get(reference.getReference());
            if (target != null) {
                reference.setReference(target);
            }
        });
    }
}
