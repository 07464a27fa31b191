package org.referralgateway.mapper;

/** Cuts a FHIRPath down to the element of the resource that it is in. */
final class ElementOf {

    private static final String BUNDLE = "Bundle";
    private static final String ENTRY = ".entry[";
    private static final String ENTRY_END = "].resource";
    private static final String CONTAINED = ".contained[";

    private ElementOf() {}

    /**
     * For example {@code Bundle.entry[2].resource.telecom[1]} of {@code Bundle.entry[2].resource.telecom[1].value}; also where
     * one Bundle is inside another, and for contained resources.
     */
    static String path(String source) {
        int end = endOfResource(source);
        int next = end >= source.length() ? -1 : source.indexOf('.', end + 1);
        return next < 0 ? source : source.substring(0, next);
    }

    private static int endOfResource(String source) {
        int at = source.startsWith(BUNDLE) ? BUNDLE.length() : firstDot(source);
        while (source.startsWith(ENTRY, at)) {
            int close = source.indexOf(']', at);
            if (close < 0 || !source.startsWith(ENTRY_END, close)) {
                return at; // a List has entries too
            }
            at = close + ENTRY_END.length();
        }
        while (source.startsWith(CONTAINED, at)) {
            at = source.indexOf(']', at) + 1;
        }
        return at;
    }

    private static int firstDot(String source) {
        int dot = source.indexOf('.');
        return dot < 0 ? source.length() : dot;
    }
}
