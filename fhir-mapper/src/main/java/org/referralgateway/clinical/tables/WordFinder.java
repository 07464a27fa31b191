package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds names of conditions and of drugs, and what is said of drugs, as whole words whatever their case and hyphens: of phrases
 * that overlap the longest. A word of a phrase that ends in {@code *} stands for all that begin so. Plain on purpose:
 * what it finds is for a person to confirm. Dangers are looked for by {@link Phrases}.
 *
 * @param <T> what a phrase stands for
 */
public final class WordFinder<T> {

    /** An asterisk that is a letter of a word to {@link Words}. */
    private static final String STAR = "\u2217";

    private final Map<String, List<Phrase<T>>> byFirstWord = new HashMap<>();
    private final Map<Character, List<Phrase<T>>> stemsByLetter = new HashMap<>();

    /**
     * @param words without the asterisk
     * @param stems whether each stands for all that begin so
     */
    private record Phrase<T>(String[] words, boolean[] stems, T value) {
        static <T> Phrase<T> of(String[] written, T value) {
            var words = new String[written.length];
            var stems = new boolean[written.length];
            for (int i = 0; i < written.length; i++) {
                stems[i] = written[i].endsWith(STAR);
                words[i] = stems[i] ? written[i].substring(0, written[i].length() - 1) : written[i];
            }
            return new Phrase<>(words, stems, value);
        }

        boolean isAt(Words text, int at) {
            var there = text.words();
            if (at + words.length > there.length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                var word = there[at + i];
                boolean same = stems[i] ? word.startsWith(words[i]) : word.equals(words[i]);
                if (!same || (i > 0 && text.endsClause(at + i - 1))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A phrase that was found.
     *
     * @param at number of its first word in the text, from zero
     * @param length how many words it has
     * @param denied by a word in its sentence, which may be the head of a list
     * @param deniedAtOnce by a word just before it
     */
    public record Hit<T>(T value, int at, int length, boolean denied, boolean deniedAtOnce, boolean ofFamily) {
        /** True where it is said of the patient. */
        public boolean isAsserted() {
            return !denied && !ofFamily;
        }
    }

    /** What is wrong with a phrase of a table; absent where nothing is. */
    static @Nullable String mistakeIn(String phrase) {
        var written = written(phrase);
        return written.length > 0 && written[0].equals(STAR)
                ? "the first word needs letters before its asterisk, which " + phrase + " has not"
                : null;
    }

    public void add(String phrase, T value) {
        var written = written(phrase);
        if (written.length == 0) {
            return;
        }
        var entry = Phrase.of(written, value);
        if (entry.stems()[0]) {
            stemsByLetter
                    .computeIfAbsent(entry.words()[0].charAt(0), letter -> new ArrayList<>())
                    .add(entry);
        } else {
            byFirstWord.computeIfAbsent(written[0], word -> new ArrayList<>(1)).add(entry);
        }
    }

    private static String[] written(String phrase) {
        return Words.of(phrase.replace("*", STAR)).words();
    }

    /** All that is found; of phrases that overlap only the longest, of equal ones the first. */
    public List<Hit<T>> in(String text) {
        return in(Words.of(text));
    }

    public List<Hit<T>> in(Words text) {
        var found = all(text);
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(Comparator.<Found<T>>comparingInt(one -> -one.length()).thenComparingInt(Found::at));
        var taken = new BitSet(text.words().length);
        var hits = new ArrayList<Hit<T>>(found.size());
        for (var one : found) {
            int free = taken.nextSetBit(one.at());
            if (free < 0 || free >= one.at() + one.length()) {
                taken.set(one.at(), one.at() + one.length());
                hits.add(hit(text, one.at(), one.phrase()));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::at));
        return hits;
    }

    private record Found<T>(int at, Phrase<T> phrase) {
        int length() {
            return phrase.words().length;
        }
    }

    private List<Found<T>> all(Words text) {
        List<Found<T>> found = List.of();
        for (int at = 0; at < text.words().length; at++) {
            var word = text.words()[at];
            found = add(found, text, at, byFirstWord.get(word));
            found = add(found, text, at, stemsByLetter.get(word.charAt(0)));
        }
        return found;
    }

    private static <T> List<Found<T>> add(List<Found<T>> found, Words text, int at, @Nullable List<Phrase<T>> phrases) {
        if (phrases == null) {
            return found;
        }
        var more = found;
        for (var phrase : phrases) {
            if (phrase.isAt(text, at)) {
                more = more.isEmpty() ? new ArrayList<>(4) : more;
                more.add(new Found<>(at, phrase));
            }
        }
        return more;
    }

    private static <T> Hit<T> hit(Words text, int at, Phrase<T> phrase) {
        var context = Context.of(text, at, phrase.words().length);
        return new Hit<>(
                phrase.value(),
                at,
                phrase.words().length,
                context.denied(),
                context.deniedAtOnce(),
                context.ofFamily());
    }
}
