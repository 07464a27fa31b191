package org.referralgateway.mapper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns FHIR's XML into FHIR's JSON, so that {@link PayloadCheck} and everything after it read one form only. Sources:
 * <a href="http://hl7.org/fhir/R4/xml.html">XML representation</a>, <a href="http://hl7.org/fhir/R4/json.html">JSON
 * representation</a>.
 *
 * <p>What only XML can get wrong is reported here. What JSON can get wrong too is handed on as wrong as it is (an unknown
 * element, a second value of a single element, a number that is none), for the check to report as it does for JSON.
 * Comments and processing instructions say nothing in FHIR and are passed over; the order of elements is not looked at.
 */
final class XmlPayload {

    private final Shapes shapes;
    private final PayloadLimits limits;

    XmlPayload(Shapes shapes, PayloadLimits limits) {
        this.shapes = shapes;
        this.limits = limits;
    }

    /**
     * @param json the same resource in JSON; null where the XML could not be read to its end
     * @param problems what is wrong with the XML; errors refuse, warnings travel
     */
    record Read(byte @Nullable [] json, List<MappingIssue> problems) {}

    Read read(byte[] body) {
        int start = Utf8.start(body);
        return Utf8.isClean(body, start)
                ? new XmlWalk(shapes, limits, body, start).walk()
                : new Read(null, List.of(Utf8.refused()));
    }
}
