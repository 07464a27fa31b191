package org.referralgateway.mapper;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.jspecify.annotations.Nullable;

/** When and how often, in words. Source: <a href="http://hl7.org/fhir/R4/datatypes.html#Timing">Timing</a>. */
final class Timings {

    /** What the codes of HL7 v3's TimingEvent mean; the others are words. */
    private static final Map<EventTiming, String> WHEN = Map.ofEntries(
            Map.entry(EventTiming.HS, "before sleep"),
            Map.entry(EventTiming.WAKE, "on waking"),
            Map.entry(EventTiming.C, "with meals"),
            Map.entry(EventTiming.CM, "with breakfast"),
            Map.entry(EventTiming.CD, "with lunch"),
            Map.entry(EventTiming.CV, "with dinner"),
            Map.entry(EventTiming.AC, "before meals"),
            Map.entry(EventTiming.ACM, "before breakfast"),
            Map.entry(EventTiming.ACD, "before lunch"),
            Map.entry(EventTiming.ACV, "before dinner"),
            Map.entry(EventTiming.PC, "after meals"),
            Map.entry(EventTiming.PCM, "after breakfast"),
            Map.entry(EventTiming.PCD, "after lunch"),
            Map.entry(EventTiming.PCV, "after dinner"));

    private Timings() {}

    /** For example "3 times per day, after meals". */
    static @Nullable String text(Timing timing) {
        var repeat = timing.getRepeat();
        var often = often(repeat);
        var code = Values.text(timing.getCode());
        var first = often != null ? often : code != null ? code : Periods.start(timing);
        return joined(first, when(repeat));
    }

    /** The same with how long it goes on; Australian referrals say by it for how long they hold. */
    static @Nullable String withBounds(Timing timing) {
        var repeat = timing.getRepeat();
        var bounds = repeat.getBounds() instanceof Duration duration
                ? Values.text(duration)
                : Periods.text(repeat.getBounds());
        var lasts = repeat.getDuration() == null
                ? null
                : "for " + repeat.getDuration().toPlainString() + " "
                        + unit(repeat.getDurationUnit(), repeat.getDuration().toPlainString());
        return joined(text(timing), bounds, lasts == null ? null : lasts.strip());
    }

    private static @Nullable String joined(@Nullable String... parts) {
        var said = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return said.isEmpty() ? null : said;
    }

    private static @Nullable String often(TimingRepeatComponent repeat) {
        if (!repeat.hasFrequency() || !repeat.hasPeriod() || repeat.getPeriodUnit() == null) {
            return null;
        }
        var most = repeat.hasFrequencyMax() ? " to " + repeat.getFrequencyMax() : "";
        var times = repeat.getFrequency() == 1 && most.isEmpty() ? "once" : repeat.getFrequency() + most + " times";
        var period = repeat.getPeriod().stripTrailingZeros().toPlainString();
        return times + " per " + (period.equals("1") ? "" : period + " ") + unit(repeat.getPeriodUnit(), period);
    }

    private static @Nullable String when(TimingRepeatComponent repeat) {
        var events = repeat.getWhen().stream()
                .flatMap(code -> Optional.ofNullable(code.getValue()).stream())
                .filter(event -> event != EventTiming.NULL)
                .map(event -> WHEN.getOrDefault(event, event.getDisplay().toLowerCase(Locale.ROOT)));
        var days = repeat.getDayOfWeek().stream()
                .flatMap(code -> Optional.ofNullable(code.getValue()).stream())
                .filter(day -> day != Timing.DayOfWeek.NULL)
                .map(day -> "on " + day.getDisplay());
        var times =
                repeat.getTimeOfDay().stream().filter(PrimitiveType::hasValue).map(time -> "at " + time.getValue());
        var said = Stream.of(events, days, times).flatMap(words -> words).collect(Collectors.joining(", "));
        return said.isEmpty() ? null : said;
    }

    private static String unit(Timing.@Nullable UnitsOfTime unit, String amount) {
        var word = switch (unit) {
            case S -> "second";
            case MIN -> "minute";
            case H -> "hour";
            case D -> "day";
            case WK -> "week";
            case MO -> "month";
            case A -> "year";
            case NULL -> "";
            case null -> "";
        };
        return amount.equals("1") || word.isEmpty() ? word : word + "s";
    }
}
