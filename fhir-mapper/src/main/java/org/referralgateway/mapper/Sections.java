package org.referralgateway.mapper;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;

/** The sections of a document, also those inside others, each with its FHIRPath. */
final class Sections {

    /** LOINC: reason for referral; reason for visit; chief complaint; chief complaint and reason for visit. */
    private static final Set<String> REASON = Set.of("42349-1", "29299-5", "10154-3", "46239-0");

    private Sections() {}

    static void each(Found<Composition> composition, BiConsumer<SectionComponent, String> each) {
        each(composition.resource().getSection(), composition.path(), each);
    }

    private static void each(List<SectionComponent> sections, String path, BiConsumer<SectionComponent, String> each) {
        for (int i = 0; i < sections.size(); i++) {
            var here = path + ".section[" + i + "]";
            each.accept(sections.get(i), here);
            each(sections.get(i).getSection(), here, each);
        }
    }

    static void aboutTheReason(Found<Composition> composition, BiConsumer<SectionComponent, String> each) {
        each(composition, (section, here) -> {
            if (isAboutTheReason(section)) {
                each.accept(section, here);
            }
        });
    }

    private static boolean isAboutTheReason(SectionComponent section) {
        return Concepts.of(section.getCode()).codes().stream()
                .anyMatch(code -> CodeSystems.LOINC.equals(code.system()) && REASON.contains(code.code()));
    }

    /** The narrative as plain text. */
    static @Nullable String text(SectionComponent section) {
        var markup = section.hasText() ? section.getText().getDivAsString() : null;
        return markup == null ? null : Values.nonBlank(PlainText.ofMarkup(markup));
    }
}
