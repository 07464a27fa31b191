package org.referralgateway.clinical.tables;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The daily dose that a text says, such as {@code 300 mg three times daily}, {@code 1 tablet bd} or {@code titrated to 1800
 * mg/day}. What it cannot read it says nothing about: a dose that is guessed would make a trial count. Abbreviations as in
 * the British National Formulary and in HL7 table 0335; less of it in German, French, Spanish and Dutch. Units: milligrams, micrograms and grams are all that doses of these
 * drugs come in, so a UCUM library would convert nothing more; units of botulinum toxin are no milligrams and are left alone.
 */
public final class DoseText {

    private static final String NUMBER = "(?<![\\d.,])(\\d{1,5}(?:,\\d{3})*(?:[.,]\\d{1,2})?)";
    private static final String RANGE = NUMBER + "(?:\\s*(?:-|to|\u2013)\\s*" + NUMBER + ")?";

    /** Tablets and capsules, as they are called in English, French, German, Spanish and Dutch. */
    private static final String PIECES =
            "tab(?:let)?s?|tabletten?|tbl|cap(?:sule)?s?|capsulas?|pills?|gelules?|comprimes?|comprimidos?|cps?|cpr|kapseln?|kps";

    /** "A" of "a day". */
    private static final String A = "(?:/|per|par|pro|am|al|por)\\s*";

    private static final String SIGN = "x|times?|\u00d7|fois|mal|veces|vez|keer|maal";
    private static final String SEPARATOR = "(?:/|a|per|each|every|par|pro|am|al|por)";

    private static final Pattern AMOUNT = Pattern.compile(RANGE
            + "\\s*-?(mg|milligrams?|mcg|micrograms?|\u00b5g|\u03bcg|ug|g|grams?|" + PIECES
            + "|patch(?:es)?|plasters?|ml)(?![a-z])(\\s*" + A
            + "(?:d|day|24\\s*h|j|jour|tag|dag|dia)(?![a-z])|\\s*(?:/|per)\\s*(?:h|hr|hour)(?![a-z])|"
            + "\\s*(?:/|per)\\s*(?:ml|kg|tab(?:let)?|cap(?:sule)?|dose))?");
    private static final Pattern WORD_AMOUNT =
            Pattern.compile("\\b(one|two|three|half an?|une?|deux|eine?|zwei|una|dos|een|twee)\\s+(" + PIECES
                    + "|patch(?:es)?|plasters?)\\b");
    private static final Pattern SCHEME = Pattern.compile("\\b(\\d)\\s*-\\s*(\\d)\\s*-\\s*(\\d)(?:\\s*-\\s*(\\d))?\\b");
    private static final Pattern COUNT =
            Pattern.compile("^\\s*(?:take\\s+)?(\\d(?:\\.5)?)(?:\\s*(?:-|to|\u2013)\\s*(\\d))?\\s+"
                    + "(?:o\\.?d|b\\.?d|b\\.?i\\.?d|t\\.?d\\.?s|t\\.?i\\.?d|q\\.?d\\.?s|q\\.?i\\.?d|daily|nocte|mane|at night|in the morning|"
                    + "once daily|once a day|twice|three times|four times)\\b");
    private static final Pattern EVERY = Pattern.compile(
            "\\b(?:every|each|q|cada|alle|toutes les|elke)\\s*(\\d{1,2})(?:\\s*(?:-|to)\\s*(\\d{1,2}))?\\s*-?"
                    + "(h|hr|hrs|hourly|hours?|horas?|heures?|stunden?|std|uur|d|days?|dias?|jours?|tage?n?|dagen)\\b");
    private static final Pattern HOURLY = Pattern.compile("\\b(\\d{1,2})\\s*-?hourly\\b");
    /**
     * A number beside a time is how often only with a word or a stroke between them: "3 x day", "2/j"; "7 d" is how long.
     */
    private static final Pattern TIMES =
            Pattern.compile("\\b(?:(once|twice|thrice|one|two|three|four|five|six|une?|deux|trois|quatre|"
                    + "einmal|zweimal|dreimal|viermal|una|dos|tres|cuatro)\\b\\s*(?:" + SIGN + ")?\\s*" + SEPARATOR
                    + "?|(\\d)\\s*(?:(?:" + SIGN + ")\\s*" + SEPARATOR + "?|" + SEPARATOR + "))\\s*"
                    + "(daily|day|d|j|jour|tag|taglich|tgl|dia|dag|daags|weekly|week|woche|semaine|semana)\\b"
                    + "|\\b(\\d)\\s*(daily|taglich|tgl)\\b");

    private static final Pattern MULTIPLIED =
            Pattern.compile("\\b(\\d)\\s*(?:x|\u00d7)\\s*(?=\\d)|(?<=mg|tab|caps)\\s*(?:x|\u00d7)\\s*(\\d)\\b");
    /** Times of the day in German, French, Spanish and Dutch. */
    private static final String MOMENTS =
            "morgens|mittags|abends|zur nacht|matin|midi|soir|manana|mediodia|noche|ochtends|middags|avonds|voor de nacht";

    private static final Pattern ABBREVIATED = Pattern.compile(
            "\\b(o\\.?d|q\\.?d|qday|b\\.?d|b\\.?i\\.?d|t\\.?d\\.?s|t\\.?i\\.?d|q\\.?d\\.?s|q\\.?i\\.?d|daily|nightly|nocte|mane|noct|"
                    + "q\\.?h\\.?s|h\\.?s|o\\.?n|o\\.?m|bedtime|at night|night|in the morning|morning|evening|noon|midday|lunch|"
                    + MOMENTS
                    + "|taglich|tgl|quotidien|dagelijks|diarios?|diarias?|au coucher|weekly)\\b");
    private static final Pattern AS_NEEDED = Pattern.compile(
            "\\b(prn|p\\.r\\.n|as needed|as required|if needed|when required|when needed|"
                    + "bei bedarf|bedarfsweise|b\\.b|si besoin|au besoin|en cas de|si precisa|si dolor|a demanda|zo nodig|z\\.n)\\b");
    private static final Pattern DIVIDED = Pattern.compile("\\b(divided|total)\\b");
    private static final Pattern JOINED = Pattern.compile(
            "^\\s*(?:[a-z ]{0,20}\\s)?(?:and|\\+|plus)\\s*$|^[^.;]{0,30}(?:\\band\\b|\\+|\\bplus\\b|,)[^.;0-9]{0,12}$");
    private static final Pattern STEP = Pattern.compile(
            "\\b(?:then|later|after|followed|increas[a-z]*|titrat[a-z]*|raised|reduc[a-z]*|up to|to)\\b");
    private static final java.util.Set<String> PARACETAMOL = java.util.Set.of("300", "325", "500", "650");
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal HOURS = BigDecimal.valueOf(24);
    private static final BigDecimal DAYS = BigDecimal.valueOf(7);

    private DoseText() {}

    /**
     * What is taken in a day.
     *
     * @param least and most are the same unless a range was written
     * @param unit {@code mg}, {@code ug/h}, or {@code piece} where a tablet's strength is unknown
     */
    public record Daily(BigDecimal least, BigDecimal most, String unit, boolean asNeeded) {}

    /** One amount in a text, and how often that much is taken in a day. */
    private record Part(
            BigDecimal least,
            BigDecimal most,
            String unit,
            @Nullable BigDecimal perDay,
            boolean wholeDay,
            int from,
            int to) {}

    /**
     * @param strength of one piece, where it is known
     */
    public static Optional<Daily> of(String text, @Nullable Strength strength) {
        var lower = Letters.plain(text);
        var parts = parts(lower);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        boolean asNeeded = AS_NEEDED.matcher(lower).find();
        Daily best = null;
        Part before = null;
        for (var part : parts) {
            var daily = daily(asOftenAs(before, part, lower), strength, asNeeded);
            if (daily != null) {
                boolean joined = best != null
                        && before != null
                        && best.unit().equals(daily.unit())
                        && !part.wholeDay()
                        && isJoined(lower.substring(before.to(), part.from()));
                best = best == null ? daily : joined ? sum(best, daily) : higher(best, daily);
                before = part;
            }
        }
        return Optional.ofNullable(best);
    }

    /** True where a text says an amount, whether the daily dose can be read from it or not. */
    public static boolean mentionsAmount(String text) {
        return AMOUNT.matcher(Letters.plain(text)).find();
    }

    /** "10 mg nocte increasing to 75 mg": a step is taken as often as the one before. */
    private static Part asOftenAs(@Nullable Part before, Part part, String text) {
        return before == null
                        || part.perDay() != null
                        || part.wholeDay()
                        || !STEP.matcher(text.substring(before.to(), part.from()))
                                .find()
                ? part
                : new Part(part.least(), part.most(), part.unit(), before.perDay(), false, part.from(), part.to());
    }

    /** Doses of one day are added; steps of a dose are not. */
    private static boolean isJoined(String between) {
        return JOINED.matcher(between).find() && !STEP.matcher(between).find();
    }

    private static Daily sum(Daily one, Daily other) {
        return new Daily(one.least().add(other.least()), one.most().add(other.most()), one.unit(), one.asNeeded());
    }

    private static Daily higher(Daily one, Daily other) {
        return one.unit().equals(other.unit()) && one.most().compareTo(other.most()) >= 0 ? one : other;
    }

    private static @Nullable Daily daily(Part part, @Nullable Strength strength, boolean asNeeded) {
        var unit = part.unit();
        var least = part.least();
        var most = part.most();
        boolean patch = unit.equals("patch")
                || (unit.equals("piece") && strength != null && strength.per() == Strength.Per.HOUR);
        if (patch) {
            return strength != null && strength.per() == Strength.Per.HOUR
                    ? new Daily(least.multiply(strength.amount()), most.multiply(strength.amount()), "ug/h", asNeeded)
                    : null;
        }
        if (unit.equals("ug/h")) {
            return new Daily(least, most, unit, asNeeded);
        }
        var per = part.wholeDay() ? BigDecimal.ONE : part.perDay();
        if (per == null) {
            return null;
        }
        if (unit.equals("ml") && (strength == null || strength.per() != Strength.Per.MILLILITRE)) {
            return null;
        }
        boolean known = strength != null
                && ((unit.equals("piece") && strength.per() == Strength.Per.PIECE) || unit.equals("ml"));
        var factor = known && strength != null ? per.multiply(strength.amount()) : per;
        return new Daily(
                plain(least.multiply(factor)),
                plain(most.multiply(factor)),
                known || unit.equals("mg") ? "mg" : "piece",
                asNeeded);
    }

    private static List<Part> parts(String text) {
        var found = new ArrayList<Part>();
        var amounts = AMOUNT.matcher(text);
        var starts = new ArrayList<int[]>();
        while (amounts.find()) {
            starts.add(new int[] {amounts.start(), amounts.end()});
        }
        var matcher = AMOUNT.matcher(text);
        for (int i = 0; i < starts.size(); i++) {
            int next = i + 1 < starts.size() ? starts.get(i + 1)[0] : text.length();
            if (matcher.find(starts.get(i)[0])) {
                int before = i == 0 ? 0 : starts.get(i - 1)[1];
                add(found, part(matcher, text, before, next));
            }
        }
        if (found.isEmpty()) {
            pieces(text, found);
        }
        if (found.isEmpty()) {
            var words = WORD_AMOUNT.matcher(text);
            if (words.find()) {
                var amount = words.group(1).startsWith("half")
                        ? new BigDecimal("0.5")
                        : BigDecimal.valueOf(count(words.group(1)));
                add(
                        found,
                        new Part(
                                amount,
                                amount,
                                words.group(2).startsWith("pa")
                                                || words.group(2).startsWith("pl")
                                        ? "patch"
                                        : "piece",
                                frequency(text.substring(words.end())),
                                false,
                                words.start(),
                                words.end()));
            }
        }
        return found;
    }

    /** "1-0-1" and "1 bd": tablets or capsules, whatever they are called. */
    private static void pieces(String text, List<Part> found) {
        var scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            found.add(piece(BigDecimal.ONE, BigDecimal.ONE, frequency(text), scheme));
            return;
        }
        var count = COUNT.matcher(text);
        if (count.find()) {
            var least = number(count.group(1));
            var most = count.group(2) == null ? least : number(count.group(2));
            found.add(piece(least, most.max(least), frequency(text.substring(count.end(1))), count));
        }
    }

    private static Part piece(BigDecimal least, BigDecimal most, @Nullable BigDecimal perDay, Matcher found) {
        return new Part(least, most, "piece", perDay, false, found.start(), found.end());
    }

    private static void add(List<Part> parts, @Nullable Part part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private static @Nullable Part part(Matcher amount, String text, int before, int next) {
        var rate = amount.group(4) == null ? "" : amount.group(4).strip();
        var written = amount.group(3);
        boolean perHour = rate.matches("(?:/|per)\\s*h.*");
        boolean perDay = rate.matches(A + "(?:d(?!ose)|24|j|t).*");
        if (!rate.isEmpty() && !perHour && !perDay) {
            return null; // A strength, or a dose by weight.
        }
        var unit = unit(written, perHour);
        if (unit == null) {
            return null;
        }
        boolean grams = written.equals("g") || written.startsWith("gram");
        var factor = grams ? THOUSAND : BigDecimal.ONE;
        boolean micro = unit.equals("mg")
                && (written.startsWith("mc")
                        || written.startsWith("mic")
                        || written.length() == 2 && written.charAt(1) == 'g' && written.charAt(0) != 'm');
        var least = scaled(number(amount.group(1)), factor, micro);
        var most = amount.group(2) == null || isCombined(amount.group(1), amount.group(2))
                ? least
                : scaled(number(amount.group(2)), factor, micro);
        var after = text.substring(amount.end(), next);
        var ahead = text.substring(before, amount.start());
        boolean wholeDay =
                perDay || (DIVIDED.matcher(after).find() && after.matches(".*\\b(?:daily|day|divided)\\b.*"));
        var frequency = frequency(after);
        var times = MULTIPLIED.matcher(ahead + " 1");
        if (ahead.matches("(?s).*\\b\\d\\s*(?:x|\u00d7)\\s*") && times.find() && times.group(1) != null) {
            frequency = BigDecimal.valueOf(Integer.parseInt(times.group(1)));
        }
        return new Part(
                least,
                most.compareTo(least) < 0 ? least : most,
                unit,
                frequency,
                wholeDay,
                amount.start(),
                amount.end());
    }

    /** In oxycodone-acetaminophen 5-325 mg the second number is paracetamol. */
    private static boolean isCombined(String first, String second) {
        return PARACETAMOL.contains(second) && number(first).compareTo(SIXTY) <= 0;
    }

    private static BigDecimal scaled(BigDecimal number, BigDecimal factor, boolean micro) {
        return micro ? number.divide(THOUSAND, MathContext.DECIMAL64) : number.multiply(factor);
    }

    private static @Nullable String unit(String written, boolean perHour) {
        if (perHour) {
            return written.startsWith("mg") || written.startsWith("g") ? null : "ug/h";
        }
        return switch (written.substring(0, 2 > written.length() ? 1 : 2)) {
            case "ta", "tb", "ca", "cp", "co", "ge", "ka", "kp", "pi" -> "piece";
            case "pa", "pl" -> "patch";
            case "ml" -> "ml";
            default -> "mg";
        };
    }

    private static BigDecimal number(String text) {
        int comma = text.lastIndexOf(',');
        boolean decimal = comma >= 0 && text.length() - comma <= 3 && text.indexOf('.') < 0;
        return new BigDecimal(decimal ? text.replace(',', '.') : text.replace(",", ""));
    }

    /** How often a day, as a text says; absent where it does not. */
    public static @Nullable BigDecimal frequencyIn(String text) {
        return frequency(Letters.plain(text));
    }

    private static @Nullable BigDecimal frequency(String text) {
        var scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            int sum = 0;
            for (int i = 1; i <= 4; i++) {
                sum += scheme.group(i) == null ? 0 : Integer.parseInt(scheme.group(i));
            }
            return BigDecimal.valueOf(sum);
        }
        var every = EVERY.matcher(text);
        if (every.find()) {
            int often = Integer.parseInt(every.group(1));
            return often == 0
                    ? null
                    : isHours(every.group(3))
                            ? HOURS.divide(BigDecimal.valueOf(often), MathContext.DECIMAL64)
                            : BigDecimal.ONE.divide(BigDecimal.valueOf(often), MathContext.DECIMAL64);
        }
        var hourly = HOURLY.matcher(text);
        if (hourly.find() && Integer.parseInt(hourly.group(1)) > 0) {
            return HOURS.divide(new BigDecimal(hourly.group(1)), MathContext.DECIMAL64);
        }
        var times = TIMES.matcher(text);
        if (times.find()) {
            var often = BigDecimal.valueOf(count(first(times.group(1), times.group(2), times.group(4))));
            var unit = first(times.group(3), times.group(5));
            boolean week = unit.startsWith("we") || unit.startsWith("wo") || unit.startsWith("se");
            return week ? often.divide(DAYS, MathContext.DECIMAL64) : often;
        }
        return abbreviated(text);
    }

    private static String first(@Nullable String... found) {
        for (var one : found) {
            if (one != null) {
                return one;
            }
        }
        throw new IllegalStateException("The pattern matches without a group.");
    }

    private static boolean isHours(String unit) {
        return unit.startsWith("h") || unit.startsWith("st") || unit.equals("uur");
    }

    private static @Nullable BigDecimal abbreviated(String text) {
        int sum = 0;
        var found = ABBREVIATED.matcher(text);
        while (found.find()) {
            int often = switch (found.group(1).replace(".", "")) {
                case "bd", "bid" -> 2;
                case "tds", "tid" -> 3;
                case "qds", "qid" -> 4;
                case "weekly" -> -1;
                default -> 1;
            };
            if (often < 0) {
                return BigDecimal.ONE.divide(DAYS, MathContext.DECIMAL64);
            }
            boolean isMoment = found.group(1)
                    .matches("mane|nocte|noct|morning|in the morning|evening|noon|midday|lunch|bedtime|night|at night|"
                            + MOMENTS);
            sum = sum == 0 ? often : isMoment && often == 1 && !text.contains("daily") ? sum + 1 : Math.max(sum, often);
        }
        return sum == 0 ? null : BigDecimal.valueOf(sum);
    }

    private static int count(String word) {
        return switch (word) {
            case "once", "one", "un", "une", "ein", "eine", "einmal", "una", "een" -> 1;
            case "twice", "two", "deux", "zwei", "zweimal", "dos", "twee" -> 2;
            case "thrice", "three", "trois", "dreimal", "tres" -> 3;
            case "four", "quatre", "viermal", "cuatro" -> 4;
            case "five" -> 5;
            case "six" -> 6;
            default -> Integer.parseInt(word);
        };
    }

    private static BigDecimal plain(BigDecimal number) {
        var rounded = number.round(new MathContext(8)).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
