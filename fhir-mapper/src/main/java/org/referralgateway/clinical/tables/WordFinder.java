package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds phrases in text as whole words, whatever their case and hyphens, and says of each whether its clause denies it, is
 * about the family, or speaks of the past. A phrase is words; a word that ends in {@code *} stands for all that begin so.
 * Plain on purpose: what it finds is for a person to confirm. Modelled on NegEx (Chapman 2001, J Biomed Inform 34:301):
 * a trigger counts up to the next end of a clause.
 *
 * @param <T> what a phrase stands for
 */
public final class WordFinder<T> {

    private static final Set<String> NEGATIONS = Set.of(
            "no",
            "not",
            "non",
            "denies",
            "denied",
            "denying",
            "without",
            "never",
            "neither",
            "nor",
            "negative",
            "excluded",
            "excludes",
            "absent",
            "unlikely",
            "nil",
            "absence",
            "isn't",
            "doesn't",
            "didn't",
            "hasn't",
            "wasn't",
            "cannot",
            "rules",
            "refuted");
    private static final Set<String> DENIALS_AFTER =
            Set.of("excluded", "negative", "absent", "unlikely", "denied", "denies", "refuted", "no", "none", "nil");
    private static final Set<String> FAMILY = Set.of(
            "family",
            "mother",
            "father",
            "brother",
            "sister",
            "aunt",
            "uncle",
            "grandmother",
            "grandfather",
            "parent",
            "parents",
            "sibling",
            "siblings",
            "son",
            "daughter",
            "cousin",
            "familial",
            "fh",
            "fhx",
            "maternal",
            "paternal");
    private static final Set<String> PAST = Set.of(
            "history",
            "hx",
            "previous",
            "previously",
            "past",
            "former",
            "formerly",
            "prior",
            "h/o",
            "resolved",
            "childhood");
    private static final Set<String> TURNS = Set.of("but", "however", "although", "though", "yet", "except", "despite");
    private static final Set<String> NO_DENIAL_AFTER =
            Set.of("only", "longer", "further", "doubt", "change", "improvement", "just");
    private static final int REACH = 6;

    private final Map<String, List<Phrase<T>>> byFirstWord = new HashMap<>();
    private final List<Phrase<T>> byBeginning = new ArrayList<>();

    private record Phrase<T>(String[] words, T value) {}

    /**
     * A phrase that was found.
     *
     * @param at number of its first word in the text, from zero
     * @param length how many words it has
     * @param denied by a word in its sentence, which may be the head of a list
     * @param deniedAtOnce by a word just before it
     */
    public record Hit<T>(
            T value, int at, int length, boolean denied, boolean deniedAtOnce, boolean ofFamily, boolean past) {
        /** True where it is said of the patient, whenever. */
        public boolean isAsserted() {
            return !denied && !ofFamily;
        }
    }

    public void add(String phrase, T value) {
        var words = Text.of(phrase.replace("*", "\u2217")).words();
        if (words.length == 0) {
            return;
        }
        var entry = new Phrase<>(words, value);
        if (isBeginning(words[0])) {
            byBeginning.add(entry);
        } else {
            byFirstWord.computeIfAbsent(words[0], word -> new ArrayList<>(1)).add(entry);
        }
    }

    private static boolean isBeginning(String word) {
        return word.charAt(word.length() - 1) == '\u2217';
    }

    /** All that is found; of phrases that begin at a word only the longest, and none within another. */
    public List<Hit<T>> in(String text) {
        return in(Text.of(text));
    }

    public List<Hit<T>> in(Text text) {
        List<Hit<T>> hits = List.of();
        int until = 0;
        for (int i = 0; i < text.words().length; i++) {
            var best = i < until ? null : longest(text, i);
            if (best != null) {
                until = i + best.words().length;
                if (hits.isEmpty()) {
                    hits = new ArrayList<>(2);
                }
                hits.add(hit(text, i, best));
            }
        }
        return hits;
    }

    private @Nullable Phrase<T> longest(Text text, int at) {
        Phrase<T> best = null;
        for (var phrase : byFirstWord.getOrDefault(text.words()[at], List.of())) {
            best = longer(text, at, phrase, best);
        }
        for (var phrase : byBeginning) {
            best = longer(text, at, phrase, best);
        }
        return best;
    }

    private @Nullable Phrase<T> longer(Text text, int at, Phrase<T> phrase, @Nullable Phrase<T> best) {
        return (best == null || phrase.words().length > best.words().length) && matches(text, at, phrase.words())
                ? phrase
                : best;
    }

    private static boolean matches(Text text, int at, String[] phrase) {
        var words = text.words();
        if (at + phrase.length > words.length) {
            return false;
        }
        for (int i = 0; i < phrase.length; i++) {
            var wanted = phrase[i];
            var word = words[at + i];
            boolean same = isBeginning(wanted)
                    ? word.startsWith(wanted.substring(0, wanted.length() - 1))
                    : word.equals(wanted);
            if (!same || (i > 0 && text.endsClause(at + i - 1))) {
                return false;
            }
        }
        return true;
    }

    private static <T> Hit<T> hit(Text text, int at, Phrase<T> phrase) {
        boolean denied = false;
        boolean atOnce = false;
        boolean clause = false;
        boolean family = false;
        boolean past = false;
        for (int i = at - 1; i >= 0 && !text.endsSentence(i); i--) {
            var word = text.words()[i];
            boolean near = at - i <= REACH;
            if (TURNS.contains(word)) {
                break;
            }
            clause |= text.endsClause(i);
            atOnce |= !clause && at - i <= 3 && NEGATIONS.contains(word);
            denied |=
                    near && NEGATIONS.contains(word) && !(i + 1 < at && NO_DENIAL_AFTER.contains(text.words()[i + 1]));
            family |= FAMILY.contains(word);
            past |= near && PAST.contains(word);
        }
        int end = at + phrase.words().length;
        for (int i = end; i < text.words().length && i < end + 4 && !text.endsClause(i - 1); i++) {
            var word = text.words()[i];
            denied |= DENIALS_AFTER.contains(word)
                    || (word.equals("ruled") && i + 1 < text.words().length && text.words()[i + 1].equals("out"));
            past |= word.equals("resolved");
            family |= FAMILY.contains(word)
                    && (text.words()[i - 1].equals("in") || (i > end && text.words()[i - 2].equals("in")));
        }
        return new Hit<>(phrase.value(), at, phrase.words().length, denied, atOnce, family, past);
    }

    /** The words of a text in lower case, letters and digits apart, and where clauses and sentences end. */
    public record Text(String[] words, byte[] ends) {

        private static final byte CLAUSE = 1;
        private static final byte SENTENCE = 2;

        public static Text of(String text) {
            var lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
            var words = new ArrayList<String>();
            int start = 0;
            for (int i = 0; i <= lower.length(); i++) {
                int kind = i < lower.length() ? kind(lower, i) : 0;
                if (i > start && (kind == 0 || kind != kind(lower, i - 1))) {
                    words.add(lower.substring(start, i));
                    start = i;
                }
                if (kind == 0) {
                    start = i + 1;
                }
            }
            return marked(lower, words.toArray(String[]::new));
        }

        /** Letters, digits, or neither; an apostrophe and a decimal point stay within. */
        private static int kind(String text, int i) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || c == '\u2217') {
                return 1;
            }
            if (Character.isDigit(c)) {
                return 2;
            }
            boolean within = i > 0 && i + 1 < text.length();
            if ((c == '\'' || c == '\u2019')
                    && within
                    && Character.isLetter(text.charAt(i - 1))
                    && Character.isLetter(text.charAt(i + 1))) {
                return 1;
            }
            return (c == '.' || c == ',')
                            && within
                            && Character.isDigit(text.charAt(i - 1))
                            && Character.isDigit(text.charAt(i + 1))
                    ? 2
                    : 0;
        }

        private static Text marked(String lower, String[] words) {
            var ends = new byte[words.length];
            int from = 0;
            for (int i = 0; i < words.length; i++) {
                int at = lower.indexOf(words[i], from) + words[i].length();
                int next = i + 1 < words.length ? lower.indexOf(words[i + 1], at) : lower.length();
                for (int k = at; k < next; k++) {
                    char c = lower.charAt(k);
                    if (c == '.' || c == ';' || c == '\n' || c == '!' || c == '?') {
                        ends[i] = SENTENCE;
                    } else if ((c == ',' || c == '(' || c == ')') && ends[i] == 0) {
                        ends[i] = CLAUSE;
                    }
                }
                from = at;
            }
            return new Text(words, ends);
        }

        /** True where a comma, a bracket or more follows the word. */
        public boolean endsClause(int word) {
            return ends[word] != 0;
        }

        public boolean endsSentence(int word) {
            return ends[word] == SENTENCE;
        }
    }
}
