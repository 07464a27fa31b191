package org.referralgateway.mapper;

import java.util.List;

/** In which form a payload came, and what of it the mapper reads. */
public sealed interface PayloadForm {

    /**
     * JSON of R4: it is read as it is.
     *
     * @param checked what the strict reading found, errors perhaps
     */
    record AsSent(CheckedPayload checked) implements PayloadForm {}

    /**
     * XML, or another version of FHIR.
     *
     * @param json the same in JSON of R4
     * @param checked what the strict reading of that found, errors perhaps, and what was lost on the way. Parts lie in
     *     {@code json}; paths are those of the elements as they were sent, but for faults that only R4 finds
     */
    record Converted(byte[] json, CheckedPayload checked) implements PayloadForm {}

    /** It cannot be read at all, or only by guessing. */
    record Refused(List<MappingIssue> issues) implements PayloadForm {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
