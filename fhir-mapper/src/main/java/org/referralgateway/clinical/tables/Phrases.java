package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of a word table, looked for in a text in one pass. A phrase within a longer one that was found too does not count:
 * "ocular hypertension" is no hypertension. A word of a phrase that ends with an asterisk stands for all that begin so.
 *
 * @param <T> what a phrase stands for
 */
public final class Phrases<T> {

    private static final int STEM = 4;

    private final Map<String, List<Phrase<T>>> byStem = new HashMap<>();

    private record Phrase<T>(List<Word> words, T meaning) {}

    /**
     * @param isStem it stands for all that begin so
     */
    private record Word(String letters, boolean isStem) {
        boolean is(String word) {
            return isStem ? word.startsWith(letters) : word.equals(letters);
        }
    }

    /**
     * A phrase that a text has.
     *
     * @param meaning of its row
     * @param stance how the text says it
     * @param year that the text names beside it; absent where it names none
     * @param since the year since which it lasts; absent where the text names none
     */
    public record Mention<T>(
            T meaning,
            Stance stance,
            @Nullable Integer year,
            @Nullable Integer since) {}

    private record Hit<T>(int first, int last, T meaning) {
        boolean isWithin(Hit<T> other) {
            return other.first <= first && other.last >= last && other.last - other.first > last - first;
        }
    }

    /** What is wrong with a phrase of a table; absent where nothing is. */
    static @Nullable String mistakeIn(String phrase) {
        if (phrase.replace("*", "").length() < 3) {
            return "a phrase needs at least three letters, which " + phrase + " has not";
        }
        var first = phrase.strip().split("[\\s/-]+", -1)[0];
        return first.endsWith("*") && first.length() <= STEM
                ? "the first word needs four letters before its asterisk, which " + first + " has not"
                : null;
    }

    void add(String phrase, T meaning) {
        var words = new ArrayList<Word>();
        for (var word : Letters.plain(phrase).split("[\\s/-]+", -1)) {
            if (!word.isEmpty()) {
                words.add(new Word(word.replace("*", ""), word.endsWith("*")));
            }
        }
        byStem.computeIfAbsent(Tokens.stem(words.getFirst().letters()), any -> new ArrayList<>())
                .add(new Phrase<>(List.copyOf(words), meaning));
    }

    /** Every phrase that the text has, in its order. */
    public List<Mention<T>> in(Tokens text) {
        return text.mentions(this);
    }

    List<Mention<T>> search(Tokens text) {
        List<Hit<T>> hits = List.of();
        for (int at = 0; at < text.size(); at++) {
            for (var phrase : byStem.getOrDefault(text.stem(at), List.of())) {
                if (isAt(text, at, phrase.words())) {
                    hits = hits.isEmpty() ? new ArrayList<>() : hits;
                    hits.add(new Hit<>(at, at + phrase.words().size() - 1, phrase.meaning()));
                }
            }
        }
        if (hits.isEmpty()) {
            return List.of();
        }
        var mentions = new ArrayList<Mention<T>>();
        for (var hit : hits) {
            if (hits.stream().noneMatch(hit::isWithin)) {
                mentions.add(new Mention<>(
                        hit.meaning(),
                        Stance.of(text, hit.first(), hit.last()),
                        Years.beside(text, hit.first(), hit.last()),
                        Years.since(text, hit.first(), hit.last())));
            }
        }
        return mentions;
    }

    private static boolean isAt(Tokens text, int at, List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).is(text.word(at + i)) || !text.isSameClause(at, at + i)) {
                return false;
            }
        }
        return true;
    }
}
