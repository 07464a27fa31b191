package org.referralgateway.clinical;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an answer to a question of a form, or the value of a finding, says of what was asked. */
enum Answers {
    YES,
    NO,
    /** Nobody knows, or nobody was asked. */
    UNKNOWN,
    /** A few words that say something only together with their question, such as "12 weeks". */
    SHORT,
    /** What speaks for itself. */
    OTHER;

    private static final Pattern BEGINS_YES = Pattern.compile(
            "(?:yes|y|true|ja|oui|s\u00ed|si|positive|positiv|pos|present|detected|active|current|confirmed)(?![\\w-]).*",
            Pattern.DOTALL);
    private static final Pattern BEGINS_NO = Pattern.compile(
            "(?:no|n|false|nein|non|nee|none|never|nil|negative|negativ|neg|absent|denies|denied|not at all|not detected|not present|not pregnant)(?![\\w-]).*",
            Pattern.DOTALL);
    private static final Set<String> OFTEN = Set.of(
            "several days",
            "more than half the days",
            "nearly every day",
            "daily",
            "weekly",
            "monthly",
            "often",
            "sometimes",
            "frequently",
            "occasionally",
            "rarely",
            "always",
            "high",
            "moderate",
            "severe",
            "mild",
            "reactive",
            "abnormal");
    private static final Set<String> UNKNOWN_WORDS = Set.of(
            "unknown",
            "not known",
            "unsure",
            "not sure",
            "not asked",
            "not assessed",
            "not done",
            "not applicable",
            "n/a",
            "na",
            "declined",
            "refused",
            "prefer not to say",
            "unbekannt",
            "inconnu",
            "not tested",
            "not recorded",
            "unable to assess");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(?:[.,]\\d{1,3})?");
    private static final Pattern ZERO = Pattern.compile("0+(?:[.,]0+)?");
    private static final Pattern NO_BUT = Pattern.compile(
            "(?:no|not|none|never|neg|negative)[^.;]{0,40}\\b(?:but|except|apart|longer|sure|idea|doubt)\\b.*",
            Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("\\s*[.!]$");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int FEW_WORDS = 5;

    static Answers of(String answer) {
        var said = END.matcher(answer.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        if (UNKNOWN_WORDS.contains(said)) {
            return UNKNOWN;
        }
        if (NUMBER.matcher(said).matches()) {
            return ZERO.matcher(said).matches() ? NO : YES;
        }
        if (OFTEN.contains(said) || BEGINS_YES.matcher(said).matches()) {
            return YES;
        }
        if (BEGINS_NO.matcher(said).matches() && !NO_BUT.matcher(said).matches()) {
            return isShort(said) ? NO : OTHER;
        }
        return isShort(said) ? SHORT : OTHER;
    }

    private static boolean isShort(String said) {
        return SPACE.split(said, -1).length <= FEW_WORDS;
    }
}
