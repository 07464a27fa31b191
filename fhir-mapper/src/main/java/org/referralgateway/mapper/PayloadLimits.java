package org.referralgateway.mapper;

/**
 * How much of anything one payload may hold.
 *
 * @param maxDepth objects and arrays inside each other; FHIR needs about 30
 * @param maxEntries of a Bundle
 * @param maxStringCharacters of one string, attachments in base64 included
 * @param maxNumberCharacters of one number, as written
 * @param maxProblems after this many the rest is not listed
 * @param maxElements of an XML payload, those of its narratives included
 */
public record PayloadLimits(
        int maxDepth,
        int maxEntries,
        int maxStringCharacters,
        int maxNumberCharacters,
        int maxProblems,
        int maxElements) {

    /** What the service uses unless it is configured otherwise. */
    public static PayloadLimits defaults() {
        return new PayloadLimits(64, 200, 4_000_000, 40, 100, 200_000);
    }
}
