package org.referralgateway.mapper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the strict reading of a payload found.
 *
 * @param resourceType of the whole; empty where it is not known
 * @param parts where each resource lies in the bytes: the whole, then the entries of a Bundle in order, and those of a Bundle
 *     that is an entry after it
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
     * @param nested index of the entry in a Bundle that is itself an entry; {@link #NOT_NESTED} for all else
     * @param id that the resource has in the payload; HAPI's parser replaces it by the entry's fullUrl
     * @param offset of the first byte
     * @param length in bytes
     */
    public record Part(
            int entry,
            int nested,
            String resourceType,
            @Nullable String id,
            int offset,
            int length) {
        public static final int WHOLE = -1;
        public static final int NOT_NESTED = -1;

        /** FHIRPath of the resource in a payload of the given type, for example {@code Bundle.entry[2].resource}. */
        public String path() {
            if (entry == WHOLE) {
                return resourceType;
            }
            var outer = "Bundle.entry[" + entry + "].resource";
            return nested == NOT_NESTED ? outer : outer + ".entry[" + nested + "].resource";
        }
    }

    /** True where nothing refuses it. */
    public boolean isAcceptable() {
        return problems.stream().noneMatch(MappingIssue::isError);
    }

    /**
     * True where any parser may have it, even if parts of it are wrong. A number that fills the memory, or a narrative that
     * ends the reading, must not reach one.
     */
    public boolean isHarmless() {
        return problems.stream().noneMatch(CheckedPayload::harms);
    }

    static boolean harms(MappingIssue issue) {
        return issue.code() == IssueCode.NUMBER_TOO_LARGE || issue.code() == IssueCode.NARRATIVE_UNREADABLE;
    }
}
