package org.referralgateway.mapper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the strict reading of a payload found.
 *
 * @param resourceType of the whole; empty where it is not known
 * @param parts where each resource lies in the bytes: the whole, then the entries of a Bundle in order
 * @param problems everything that is wrong, in the order of the text; errors refuse, warnings travel
 */
public record CheckedPayload(String resourceType, List<Part> parts, List<MappingIssue> problems) {

    public CheckedPayload {
        parts = List.copyOf(parts);
        problems = List.copyOf(problems);
    }

    /**
     * A resource in the payload's bytes.
     *
     * @param entry index of the Bundle entry; {@link #WHOLE} for the payload itself
     * @param id that the resource has in the payload; HAPI's parser replaces it by the entry's fullUrl
     * @param offset of the first byte
     * @param length in bytes
     */
    public record Part(
            int entry, String resourceType, @Nullable String id, int offset, int length) {
        public static final int WHOLE = -1;
    }

    /** True where nothing refuses it. */
    public boolean isAcceptable() {
        return problems.stream().noneMatch(MappingIssue::isError);
    }
}
