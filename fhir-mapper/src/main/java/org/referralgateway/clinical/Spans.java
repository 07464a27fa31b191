package org.referralgateway.clinical;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.Letters;

/**
 * How long something lasted, in days: from dates of any precision, or from words. What a date leaves open makes a span wider,
 * so that a rule can tell "certainly", "certainly not" and "perhaps".
 */
final class Spans {

    private static final String NUMBER =
            "(\\d{1,3}(?:\\.\\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)";
    /** German, French, Spanish and Dutch, without their accents. */
    private static final String UNITS_ELSEWHERE =
            "tage?n?|dage?n|jours?|dias?|wochen?|weken|semaines?|semanas?|monate?n?|mois|mes|meses|"
                    + "maand(?:en)?|jahre?n?|jaar|ans?|annees?|anos?";

    private static final Pattern SPAN = Pattern.compile("(?<![\\w./])(less than |under |<\\s*|almost |nearly )?"
            + NUMBER + "(?:\\s*(?:-|to|or|\u2013)\\s*(\\d{1,3}))?"
            + "(?:\\s*-?\\s*(days?|d|weeks?|wks?|w|months?|mths?|mos?|m|years?|yrs?|y|" + UNITS_ELSEWHERE
            + ")|(/7|/52|/12))(?![a-z0-9/])");
    private static final Pattern CUE = Pattern.compile(
            "(?:\\b(?:for|x|over|after|during|trial of|least|than|about|approximately|taken|lasting|wahrend|uber|pendant|durante|gedurende)|\u00d7|~|>)\\s*(?:the |a |an |past |last |further |nearly |almost |only |just )*$");
    private static final Pattern NO_LENGTH = Pattern.compile(
            "\\b(?:every|each|per|within|in|aged?|last seen|once|twice|times|alle|toutes les|cada|vor|il y a|hace)\\s*(?:a |the |ca\\. |environ )?$");
    private static final Pattern WITHOUT_IT =
            Pattern.compile("\\s*(?:washout|wash-out|wash out|break|gap|off\\b|later)");
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12));
    private static final Pattern AGE = Pattern.compile("^(?:at )?age (\\d{1,3})\\b.*");
    private static final Pattern OVER = Pattern.compile("over|more than|at least|>|several");
    private static final Pattern SINCE = Pattern.compile(
            "\\b(?:since|in|from|seit|depuis|desde|sinds)\\s+(?:about |around |early |mid |late |[a-z]{3,9} )?((?:19|20)\\d\\d)\\b");

    /** Days; what is longer is a mistake. */
    private static final int LIFE_LONG = 50_000;

    /** Of any unit. */
    private static final int LONGEST = 200;

    private Spans() {}

    /** Days, at least and at most. */
    record Span(int least, int most) {
        Span plus(Span other) {
            return new Span(least + other.least, most + other.most);
        }
    }

    /** The days from one date to another; absent where either is none, or they are the wrong way round. */
    static @Nullable Span between(@Nullable String start, @Nullable String stop) {
        var first = Dates.first(stop);
        var last = Dates.last(stop);
        return first == null || last == null ? null : between(start, first, last);
    }

    static @Nullable Span until(@Nullable String start, LocalDate today) {
        return between(start, today, today);
    }

    private static @Nullable Span between(@Nullable String start, LocalDate firstStop, LocalDate lastStop) {
        var first = Dates.first(start);
        var last = Dates.last(start);
        if (first == null || last == null) {
            return null;
        }
        long least = Math.max(0, ChronoUnit.DAYS.between(last, firstStop));
        long most = ChronoUnit.DAYS.between(first, lastStop);
        return most < 0 || most > LIFE_LONG ? null : new Span((int) least, (int) most);
    }

    /**
     * How long a drug was taken, as a text says: the last length in it that is no time of day or distance in the past.
     */
    static @Nullable Span inText(String text) {
        var lower = Letters.plain(text);
        var found = SPAN.matcher(lower);
        Span cued = null;
        Span only = null;
        int count = 0;
        while (found.find()) {
            var before = lower.substring(0, found.start());
            var after = lower.substring(found.end());
            if (after.stripLeading().startsWith("ago")
                    || after.stripLeading().startsWith("old")
                    || WITHOUT_IT.matcher(after).lookingAt()
                    || NO_LENGTH.matcher(before).find()) {
                continue;
            }
            boolean cue = CUE.matcher(before).find();
            if (!cue && found.group(2).startsWith("a")) {
                continue; // "three times a day"
            }
            var span = span(found);
            count++;
            only = span;
            if (cue || after.matches("^\\s*(?:trial|course|of |at |on ).*")) {
                cued = span;
            }
        }
        return cued != null ? cued : count == 1 ? only : null;
    }

    private static Span span(Matcher found) {
        int days = Unit.of(found).days;
        boolean under = found.group(1) != null;
        int high = (int) Math.round(most(found) * days);
        return new Span(under ? 0 : (int) Math.round(number(found.group(2)) * days), under ? high - 1 : high);
    }

    /** The higher end of a range. */
    private static double most(Matcher found) {
        double one = number(found.group(2));
        return found.group(3) == null ? one : Math.max(one, Double.parseDouble(found.group(3)));
    }

    /** In words, and as British doctors write them: 2/7, 6/52, 3/12. */
    private enum Unit {
        DAY(1),
        WEEK(7),
        MONTH(30),
        YEAR(365);

        private final int days;

        Unit(int days) {
            this.days = days;
        }

        static Unit of(Matcher found) {
            var unit = found.group(4) == null ? found.group(5).substring(1) : found.group(4);
            return switch (unit.startsWith("jo") ? 'd' : unit.charAt(0)) {
                case 'd', 't', '7' -> DAY;
                case 'w', 's', '5' -> WEEK;
                case 'm', '1' -> MONTH;
                default -> YEAR;
            };
        }
    }

    private static double number(String text) {
        var word = WORDS.get(text);
        return word == null ? Double.parseDouble(text) : word;
    }

    /**
     * How long something has lasted that began then.
     *
     * @param onset a date, an age, or words such as "3 months ago"
     */
    static @Nullable Span since(@Nullable String onset, @Nullable String birthDate, LocalDate today) {
        if (onset == null) {
            return null;
        }
        int to = onset.indexOf(" to ");
        var dated = until(to < 0 ? onset : onset.substring(0, to), today);
        if (dated != null) {
            return dated;
        }
        var lower = Letters.plain(onset);
        var age = AGE.matcher(lower);
        if (age.matches()) {
            return sinceAge(Integer.parseInt(age.group(1)), birthDate, today);
        }
        var spans = SPAN.matcher(lower);
        if (spans.find()) {
            // Of several lines it is not known which one speaks of the length.
            boolean over = lower.indexOf('\n') < 0 && OVER.matcher(lower).find();
            var span = span(spans);
            return over ? new Span(span.least(), LIFE_LONG) : span;
        }
        var year = SINCE.matcher(lower);
        return year.find() ? until(year.group(1), today) : null;
    }

    private static @Nullable Span sinceAge(int age, @Nullable String birthDate, LocalDate today) {
        var first = Dates.first(birthDate);
        var last = Dates.last(birthDate);
        if (first == null || last == null || age > 120) {
            return null;
        }
        long most = ChronoUnit.DAYS.between(first.plusYears(age), today);
        long least = Math.max(0, ChronoUnit.DAYS.between(last.plusYears(age + 1L), today));
        return most < 0 ? null : new Span((int) least, (int) most);
    }

    /**
     * The earliest day on which something can have begun, by the calendar: a date, or words such as "3 months ago" or "for six
     * weeks"; absent where that cannot be read.
     */
    static @Nullable LocalDate begin(@Nullable String onset, LocalDate today) {
        var dated = Dates.first(onset);
        if (onset == null || dated != null) {
            return dated;
        }
        var words = Letters.plain(onset);
        var found = SPAN.matcher(words);
        if (words.startsWith("age") || !found.find() || most(found) > LONGEST) {
            return null;
        }
        double number = most(found);
        long whole = (long) number;
        return switch (Unit.of(found)) {
            case DAY -> today.minusDays(Math.round(number));
            case WEEK -> today.minusDays(Math.round(number * 7));
            case MONTH -> whole == number ? today.minusMonths(whole) : today.minusDays(Math.round(number * 30.44));
            case YEAR -> whole == number ? today.minusYears(whole) : today.minusDays(Math.round(number * 365.25));
        };
    }
}
