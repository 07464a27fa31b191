package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON payload strictly, before any object is made of it: one pass over its tokens that finds what HAPI's parser
 * lets through (duplicate keys, number bombs, NUL, bytes that are not UTF-8) and every departure from the version's structure, each
 * with its FHIRPath. Sources: <a href="http://hl7.org/fhir/R4/json.html">JSON representation</a> and the definitions of the
 * version as HAPI's model has them.
 *
 * <p>Faults in the ServiceRequest, in the Bundle around it and in the JSON itself are errors. Structural faults in any other
 * resource are warnings: a third of real Bundles have some, and their referral is usable.
 */
public final class PayloadCheck {

    private final Shapes shapes;
    private final PayloadLimits limits;
    private final JsonFactory json;

    /**
     * @param fhir of the version that payloads are to be read as; R4 for what goes on to the mapper
     */
    public PayloadCheck(FhirContext fhir, PayloadLimits limits) {
        this(new Shapes(fhir), limits);
    }

    PayloadCheck(Shapes shapes, PayloadLimits limits) {
        this.shapes = shapes;
        this.limits = limits;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberCharacters())
                        .maxStringLength(limits.maxStringCharacters())
                        .maxNameLength(200)
                        .build())
                .build();
    }

    /**
     * @param body of the request, after transfer and content encodings are undone
     */
    public CheckedPayload check(byte[] body) {
        var textStart = Utf8.start(body);
        if (!Utf8.isClean(body, textStart)) {
            return new CheckedPayload("", List.of(), List.of(Utf8.refused()));
        }
        return new PayloadWalk(shapes, limits, json, body, textStart).walk();
    }
}
