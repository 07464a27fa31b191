package org.referralgateway.mapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Times in the forms that R4 offers, as text with the precision that was sent. */
final class Periods {

    private Periods() {}

    /** A date or dateTime as sent; absent where it is none: a faulty one may be any text, even a patient's name. */
    static @Nullable String date(@Nullable BaseDateTimeType date) {
        var text = date == null ? null : date.getValueAsString();
        return text != null && PrimitiveFormat.DATE_TIME.accepts(text) ? text : null;
    }

    static @Nullable String start(@Nullable Type effective) {
        return switch (effective) {
            case DateTimeType dateTime -> date(dateTime);
            case InstantType instant -> date(instant);
            case Period period -> date(period.getStartElement());
            case Timing timing when timing.hasEvent() -> date(timing.getEvent().getFirst());
            case null, default -> null;
        };
    }

    static @Nullable String end(@Nullable Type effective) {
        return effective instanceof Period period ? date(period.getEndElement()) : null;
    }

    /** An onset or occurrence for people to read; absent where it says nothing. */
    static @Nullable String text(@Nullable Type time) {
        return switch (time) {
            case Age age when age.hasValue() -> "age " + amount(age);
            case Range range -> between(amount(range.getLow()), amount(range.getHigh()));
            case Period period
            when date(period.getEndElement()) != null ->
                (orEmpty(date(period.getStartElement())) + " to " + date(period.getEndElement())).strip();
            case null -> null;
            default -> start(time);
        };
    }

    /** True where a period ended before a day; a year or a month ends with its last day. */
    static boolean isOver(Period period, Instant now) {
        return isBefore(date(period.getEndElement()), now);
    }

    static boolean isBefore(@Nullable String date, Instant now) {
        var day = lastDay(date);
        return day != null && day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** The last day that a date with the precision of a day, a month or a year can mean; absent where it is no date. */
    static @Nullable LocalDate lastDay(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            return switch (date.length()) {
                case 4 -> Year.parse(date).atMonth(12).atEndOfMonth();
                case 7 -> YearMonth.parse(date).atEndOfMonth();
                default -> LocalDate.parse(date.substring(0, 10));
            };
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return null;
        }
    }

    /** When something began or ended: a date, an age, a range, or words. */
    static @Nullable String onset(@Nullable Type onset) {
        return onset instanceof StringType words ? words.getValue() : text(onset);
    }

    private static @Nullable String between(String low, String high) {
        if (high.isEmpty()) {
            return low.isEmpty() ? null : "from " + low;
        }
        return low.isEmpty() ? "up to " + high : "from " + low + " to " + high;
    }

    private static String amount(Quantity quantity) {
        return quantity.hasValue()
                ? (quantity.getValue().toPlainString() + " " + orEmpty(quantity.getUnit())).strip()
                : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
