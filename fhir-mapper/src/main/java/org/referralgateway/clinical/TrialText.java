package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.tables.OutcomeTable;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;
import org.referralgateway.clinical.tables.WordFinder;
import org.referralgateway.clinical.tables.Words;

/**
 * What a note or a reason says about a drug that was tried. A number of relief or pain counts more than words; words that
 * contradict each other say nothing.
 */
final class TrialText {

    private static final String PERCENT =
            "(less than |under |<\\s*|more than |over |>\\s*|at least |about |approximately |~|only )?"
                    + "(\\d{1,3})\\s*(?:-|to|\u2013)?\\s*(\\d{1,3})?\\s*(?:%|per ?cent)";
    private static final Pattern PERCENT_RELIEF = Pattern.compile(
            PERCENT
                    + "\\s*(?:pain |of |in |symptom )*(?:relief|reduction|reduced|better|improve[a-z]*|benefit|response|decrease[d]?|less pain|drop)");
    private static final Pattern RELIEF_PERCENT = Pattern.compile(
            "(?:relief|reduction|reduced|improve[a-z]*|decrease[d]?|lowered|better|benefit|drop(?:ped)?|response)(?: of| by| about| approximately| in pain| pain| was|:|~)*\\s*"
                    + PERCENT);
    private static final Pattern FROM_TO = Pattern.compile(
            "(?:from\\s+(?:nrs |vas )?|\\b)(\\d{1,2}(?:\\.\\d)?)\\s*(?:/\\s*10)?\\s*(?:to|->|\u2192|=>)\\s*(\\d{1,2}(?:\\.\\d)?)\\s*(/\\s*10)?(?!\\s*(?:mg|mcg|g\\b|%|week|month|day|year|tab|/|\\d))");
    private static final Pattern PAIN_BEFORE = Pattern.compile("(?:pain|nrs|vas|score)[^.;\\d]{0,30}$");
    private static final Pattern SCORE = Pattern.compile(
            "(?:(?:pain|nrs|vas|score)[a-z ]{0,25}[:=]?\\s*)?\\b(10|\\d(?:\\.\\d)?)\\s*/\\s*10\\b(?!/)|\\b(?:nrs|vas)\\s*(?:of|is|was|still|:|=)?\\s*(10|\\d)\\b");
    private static final Pattern PURPOSE = Pattern.compile(
            "\\b(?:for|as needed:|as required:|gegen|f\u00fcr|zum|zur|bei|pour|contre|para|tegen|voor)\\s+(?!\\d)([^.;]+)",
            Pattern.CASE_INSENSITIVE);
    private static final int WORDS_BETWEEN = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TEN = BigDecimal.TEN;

    private final Set<Sign> signs = EnumSet.noneOf(Sign.class);
    private @Nullable BigDecimal leastRelief;
    private @Nullable BigDecimal mostRelief;
    private @Nullable BigDecimal pain;
    private boolean stoppedForSideEffect;

    private TrialText() {}

    static TrialText of(String text, OutcomeTable table) {
        var read = new TrialText();
        read.words(Words.of(text), table);
        if (hasDigit(text)) {
            read.numbers(text.toLowerCase(Locale.ROOT));
        }
        return read;
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    /**
     * What is said beside a dose. What the drug is for, and what it may cause, stands there as well ("at night for headache, may
     * cause drowsiness"), so that a symptom alone says nothing.
     */
    static TrialText besideDose(String text, OutcomeTable table) {
        var read = of(text, table);
        read.signs.retainAll(EnumSet.of(
                Sign.NOT_TOLERATED,
                Sign.HIGHEST_DOSE,
                Sign.TOLERATED,
                Sign.INADEQUATE_RELIEF,
                Sign.FOR_OTHER,
                Sign.FOR_PAIN));
        read.stoppedForSideEffect = false;
        return read;
    }

    /** Of what is said in several places. */
    void add(TrialText other) {
        signs.addAll(other.signs);
        leastRelief = leastRelief == null ? other.leastRelief : leastRelief;
        mostRelief = mostRelief == null ? other.mostRelief : mostRelief;
        pain = other.pain == null ? pain : least(pain, other.pain);
        stoppedForSideEffect |= other.stoppedForSideEffect;
    }

    static TrialText nothing() {
        return new TrialText();
    }

    boolean says(Sign sign) {
        return signs.contains(sign);
    }

    /** "Stopped due to weight gain": then what relief there was does not matter. */
    boolean isStoppedForSideEffect() {
        return stoppedForSideEffect;
    }

    private void words(Words text, OutcomeTable table) {
        WordFinder.Hit<Sign> stopped = null;
        for (var hit : table.in(text)) {
            if (hit.value() == Sign.STOPPED) {
                stopped = hit;
            } else if (stopped != null && isWhy(text, stopped, hit)) {
                stoppedForSideEffect = true;
            }
            if (!hit.ofFamily()) {
                var sign = hit.deniedAtOnce() ? opposite(hit.value()) : hit.value();
                if (sign != null) {
                    signs.add(sign);
                }
            }
        }
    }

    /** A side effect a few words after "stopped" or "due to", in the same sentence. */
    private static boolean isWhy(Words text, WordFinder.Hit<Sign> stopped, WordFinder.Hit<Sign> hit) {
        boolean sideEffect = hit.value() == Sign.SYMPTOM || hit.value() == Sign.NOT_TOLERATED;
        int end = stopped.at() + stopped.length();
        if (!sideEffect || hit.deniedAtOnce() || hit.at() - end > WORDS_BETWEEN) {
            return false;
        }
        for (int i = end - 1; i < hit.at(); i++) {
            if (text.endsSentence(i)) {
                return false;
            }
        }
        return true;
    }

    /** What a drug is for where a dose is written: "at night for insomnia"; "for 8 weeks" says nothing of it. */
    static @Nullable Sign purposeBesideDose(String dose, OutcomeTable table) {
        var found = PURPOSE.matcher(dose);
        return found.find() ? purpose(found.group(1), table) : null;
    }

    /** What a drug was for, as a text says. */
    static @Nullable Sign purpose(String text, OutcomeTable table) {
        Sign other = null;
        for (var hit : table.purposesIn(Words.of(text))) {
            if (!hit.denied() && hit.value() == Sign.FOR_PAIN) {
                return Sign.FOR_PAIN;
            }
            other = Sign.FOR_OTHER;
        }
        return other;
    }

    /** Not helped is failed; not failed, and no side effect, say nothing. */
    private static @Nullable Sign opposite(Sign sign) {
        return switch (sign) {
            case HELPED -> Sign.INADEQUATE_RELIEF;
            case TOLERATED -> Sign.NOT_TOLERATED;
            case FOR_OTHER, STOPPED -> sign;
            default -> null;
        };
    }

    private void numbers(String text) {
        boolean hasPercent = text.indexOf('%') >= 0 || text.contains("cent");
        if (hasPercent && !percent(PERCENT_RELIEF.matcher(text))) {
            percent(RELIEF_PERCENT.matcher(text));
        }
        if (hasToward(text)) {
            fromTo(text);
        }
        if (pain == null && (text.contains("10") || text.contains("nrs") || text.contains("vas"))) {
            scores(SCORE.matcher(text));
        }
    }

    /** Any of the signs without which the pattern need not be tried. */
    private static boolean hasToward(String text) {
        return text.contains("to") || text.contains("->") || text.contains("\u2192") || text.contains("=>");
    }

    private void fromTo(String text) {
        var fromTo = FROM_TO.matcher(text);
        while (fromTo.find()) {
            boolean isScore = fromTo.group(3) != null
                    || PAIN_BEFORE.matcher(text.substring(0, fromTo.start())).find();
            var before = new BigDecimal(fromTo.group(1));
            var after = new BigDecimal(fromTo.group(2));
            if (isScore && before.signum() > 0 && before.compareTo(TEN) <= 0 && after.compareTo(TEN) <= 0) {
                var relief = before.subtract(after).multiply(HUNDRED).divide(before, MathContext.DECIMAL32);
                leastRelief = leastRelief == null ? relief : leastRelief;
                mostRelief = mostRelief == null ? relief : mostRelief;
                pain = after;
            }
        }
    }

    /** Of "8/10 before, 3/10 on it" the least: which of them was under the drug is for words to say. */
    private void scores(Matcher score) {
        while (score.find()) {
            pain = least(pain, new BigDecimal(score.group(1) == null ? score.group(2) : score.group(1)));
        }
    }

    private static BigDecimal least(@Nullable BigDecimal one, BigDecimal other) {
        return one == null ? other : one.min(other);
    }

    private boolean percent(Matcher found) {
        if (!found.find()) {
            return false;
        }
        var limit = found.group(1) == null ? "" : found.group(1).strip();
        var first = new BigDecimal(found.group(2));
        var second = found.group(3) == null ? first : new BigDecimal(found.group(3));
        if (limit.startsWith("less") || limit.startsWith("under") || limit.startsWith("<")) {
            leastRelief = BigDecimal.ZERO;
            mostRelief = first.subtract(BigDecimal.ONE);
        } else if (limit.startsWith("more")
                || limit.startsWith("over")
                || limit.startsWith(">")
                || limit.startsWith("at least")) {
            leastRelief = first;
            mostRelief = HUNDRED;
        } else {
            leastRelief = first.min(second);
            mostRelief = first.max(second);
        }
        return true;
    }

    /** Whether the relief was enough; absent where the text does not say, or says both. */
    @Nullable
    Boolean hasHelped(Profile profile) {
        if (profile.painFrom() != null && pain != null && pain.compareTo(profile.painFrom()) >= 0) {
            return false;
        }
        if (leastRelief != null && mostRelief != null) {
            if (mostRelief.compareTo(profile.reliefBelow()) < 0) {
                return false;
            }
            return leastRelief.compareTo(profile.reliefBelow()) >= 0 ? true : null;
        }
        if (says(Sign.INADEQUATE_RELIEF)) {
            return says(Sign.HELPED) && !says(Sign.STOPPED) ? null : Boolean.FALSE;
        }
        return says(Sign.HELPED) && !says(Sign.PARTIAL) ? true : null;
    }
}
