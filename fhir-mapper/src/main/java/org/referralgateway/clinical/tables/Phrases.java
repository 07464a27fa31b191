package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Phrases of a word table, looked for in a text in one pass. A phrase within a longer one that was found too does not count:
 * "ocular hypertension" is no hypertension. A word of a phrase that ends with an asterisk stands for all that begin so.
 *
 * @param <T> what a phrase stands for
 */
public final class Phrases<T> {

    private final Map<String, List<Phrase<T>>> byStem = new HashMap<>();

    private record Phrase<T>(List<String> words, T meaning) {}

    /**
     * A phrase that a text has.
     *
     * @param meaning of its row
     * @param stance how the text says it
     */
    public record Mention<T>(T meaning, Stance stance) {}

    private record Hit<T>(int first, int last, T meaning) {
        boolean isWithin(Hit<T> other) {
            return other.first <= first && other.last >= last && other.last - other.first > last - first;
        }
    }

    void add(String phrase, T meaning) {
        var words = new ArrayList<String>();
        for (var word : phrase.toLowerCase(java.util.Locale.ROOT).split("[\\s/-]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        byStem.computeIfAbsent(stem(words.getFirst().replace("*", "")), any -> new ArrayList<>())
                .add(new Phrase<>(List.copyOf(words), meaning));
    }

    /** Words are looked up by their first four letters, so that a phrase can begin with a stem. */
    private static String stem(String word) {
        return word.length() <= 4 ? word : word.substring(0, 4);
    }

    /** Every phrase that the text has, in its order. */
    public List<Mention<T>> in(Tokens text) {
        List<Hit<T>> hits = List.of();
        for (int at = 0; at < text.size(); at++) {
            for (var phrase : byStem.getOrDefault(stem(text.word(at)), List.of())) {
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
                mentions.add(new Mention<>(hit.meaning(), Stance.of(text, hit.first(), hit.last())));
            }
        }
        return mentions;
    }

    private static boolean isAt(Tokens text, int at, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            boolean same = word.endsWith("*")
                    ? text.word(at + i).startsWith(word.substring(0, word.length() - 1))
                    : text.word(at + i).equals(word);
            if (!same || !text.isSameClause(at, at + i)) {
                return false;
            }
        }
        return true;
    }
}
