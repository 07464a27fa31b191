package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** A value of any of FHIR's types, for people to read. */
final class Values {

    private Values() {}

    /** Nothing where it holds nothing, or is of a type that no words can show, such as a wave form. */
    static @Nullable String text(@Nullable Type value) {
        return switch (value) {
            case null -> null;
            case Quantity quantity -> quantity(quantity);
            case CodeableConcept concept -> nonBlank(Concepts.of(concept).label());
            case Coding coding -> coding.hasDisplay() ? coding.getDisplay() : nonBlank(coding.getCode());
            case Range range -> joined(text(range.getLow()), " to ", text(range.getHigh()));
            case Ratio ratio -> joined(text(ratio.getNumerator()), " : ", text(ratio.getDenominator()));
            case Period period ->
                joined(Periods.date(period.getStartElement()), " to ", Periods.date(period.getEndElement()));
            case Timing timing -> Timings.text(timing);
            case Money money -> joined(decimal(money), " ", money.getCurrency());
            case BooleanType bool -> bool.hasValue() ? (bool.booleanValue() ? "yes" : "no") : null;
            case BaseDateTimeType date -> Periods.date(date);
            case Reference reference -> nonBlank(reference.getDisplay());
            case Identifier identifier -> nonBlank(identifier.getValue());
            case Attachment attachment -> nonBlank(attachment.getTitle());
            case Annotation note -> note.hasText() ? nonBlank(PlainText.of(note.getText())) : null;
            default -> value.isPrimitive() ? nonBlank(value.primitiveValue()) : null;
        };
    }

    /** With its comparator, so that "less than 5" never reads as 5. */
    private static @Nullable String quantity(Quantity quantity) {
        if (!quantity.hasValue()) {
            return null;
        }
        var comparator = quantity.hasComparator() ? quantity.getComparator().toCode() + " " : "";
        var unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
        return comparator + quantity.getValue().toPlainString() + (unit == null ? "" : " " + unit);
    }

    private static @Nullable String decimal(Money money) {
        return money.hasValue() ? money.getValue().toPlainString() : null;
    }

    private static @Nullable String joined(@Nullable String first, String between, @Nullable String second) {
        if (first == null && second == null) {
            return null;
        }
        return ((first == null ? "" : first) + between + (second == null ? "" : second)).strip();
    }

    static @Nullable String nonBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
