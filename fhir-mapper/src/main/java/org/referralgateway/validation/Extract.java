package org.referralgateway.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FastCheck} needs of FHIR R4's definitions and of our guide: one byte in thirty. The build takes it out
 * of them once ({@link Extraction}), because reading forty megabytes of definitions is most of what a start would have to do.
 *
 * @param structures types, extensions and profiles, by their URL
 * @param profiles of our guide, with nothing but what they ask beyond FHIR
 * @param systems the codes of each code system that is here whole
 * @param valueSets the URLs of all that are here
 * @param expansions of the value sets that an element is bound to: their codes by system; none where they cannot be listed
 * @param languages the codes that FHIR suggests for languages
 */
record Extract(
        List<Structure> structures,
        List<Structure> profiles,
        Map<String, Set<String>> systems,
        Set<String> valueSets,
        Map<String, Map<String, Set<String>>> expansions,
        List<String> languages) {

    static final String FILE = "r4-extract.bin";

    enum Kind {
        PRIMITIVE,
        COMPLEX,
        RESOURCE,
        LOGICAL
    }

    /**
     * @param base the URL of what it is a kind of; null for what stands at the top
     * @param elements none for profiles of FHIR, which are not compiled
     * @param places where an extension may stand; null where other conditions than elements decide
     */
    record Structure(
            String url,
            String type,
            Kind kind,
            boolean isAbstract,
            boolean isProfile,
            @Nullable String base,
            List<Element> elements,
            @Nullable Set<String> places) {

        boolean isExtension() {
            return isProfile && type.equals("Extension");
        }
    }

    /**
     * @param isSlice true where it speaks of some of the elements at its path
     * @param max -1 where it says nothing
     * @param contentReference the path of the element whose content it has; null where it has its own
     * @param binding null where its codes are not looked at
     * @param constraints those that are errors, without those that are looked after elsewhere
     * @param fixed null where it is free
     */
    record Element(
            String path,
            boolean isSlice,
            boolean isModifier,
            int min,
            int max,
            int maxLength,
            @Nullable String contentReference,
            List<Type> types,
            @Nullable Binding binding,
            List<Constraint> constraints,
            @Nullable String fixed) {

        static final int NO_MAX = Integer.MAX_VALUE;

        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    /**
     * @param isSimpleQuantity true where a Quantity must have no comparator
     * @param targets what a Reference may lead to
     */
    record Type(String code, boolean isSimpleQuantity, Set<String> targets) {}

    /**
     * @param isRequired false where a code of another set may stand, too
     */
    record Binding(String valueSet, boolean isRequired) {}

    record Constraint(String key, String human, String expression) {}

    /** The one that the build has made. */
    static Extract shipped() {
        try (var in = Extract.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The extract of FHIR's definitions is not here: build fhir-mapper with Maven (process-classes).");
            }
            return ExtractFile.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
