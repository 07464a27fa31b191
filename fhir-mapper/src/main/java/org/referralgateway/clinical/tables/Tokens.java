package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text as words of plain letters. Each word knows its clause, which ends at a full stop, a semicolon, a line's end or a contrast
 * such as "but", and how many commas stand before it.
 */
public final class Tokens {

    /** More than this of one text is not searched: a letter of 60 pages. */
    private static final int MAX_CHARACTERS = 200_000;

    private static final Set<String> CONTRASTS =
            Set.of("but", "however", "although", "though", "except", "aber", "mais", "pero");

    /** What a number with a point counts, in plain letters. */
    private static final Set<String> COUNTED = Set.of(
            "monat",
            "monats",
            "woche",
            "ssw",
            "schwangerschaftswoche",
            "schwangerschaftsmonat",
            "trimenon",
            "lebensjahr");

    private static final String QUERY = "query";

    private final List<String> words = new ArrayList<>();
    private final List<String> stems = new ArrayList<>();
    /** Of this text by table: several rules ask for the same. */
    private final Map<Phrases<?>, List<?>> found = new IdentityHashMap<>(4);

    private int[] clauses = new int[32];
    private int[] commas = new int[32];

    private Tokens() {}

    /** The words of a text; none where it is empty. */
    public static Tokens of(String text) {
        var tokens = new Tokens();
        tokens.split(Letters.plain(text));
        return tokens;
    }

    private void split(String text) {
        int clause = 0;
        int comma = 0;
        int end = Math.min(text.length(), MAX_CHARACTERS);
        int at = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                int start = at;
                while (at < end && isInside(text, at, end)) {
                    at++;
                }
                var word = text.substring(start, at).replace('\u2019', '\'');
                if (CONTRASTS.contains(word)) {
                    clause++;
                }
                add(word, clause, comma);
            } else {
                if (endsSentence(text, at, end)) {
                    clause++;
                }
                if (asksBefore(text, at, end)) {
                    add(QUERY, clause, comma);
                }
                if (c == ',') {
                    comma++;
                }
                at++;
            }
        }
    }

    /** Letters and digits; an apostrophe or a decimal point only between them. */
    private static boolean isInside(String text, int at, int end) {
        char c = text.charAt(at);
        if (Character.isLetterOrDigit(c)) {
            return true;
        }
        boolean joins = c == '\'' || c == '\u2019' || c == '.';
        return joins
                && at + 1 < end
                && Character.isLetterOrDigit(text.charAt(at + 1))
                && (c != '.' || (Character.isDigit(text.charAt(at - 1)) && Character.isDigit(text.charAt(at + 1))));
    }

    /** "?CES" is how doctors write "might this be": a question mark just before a word. */
    private static boolean asksBefore(String text, int at, int end) {
        return text.charAt(at) == '?'
                && at + 1 < end
                && Character.isLetter(text.charAt(at + 1))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private static boolean endsSentence(String text, int at, int end) {
        return switch (text.charAt(at)) {
            case ';', '!', '?', '\n', '\r' -> true;
            case '.' ->
                (at + 1 >= end || Character.isWhitespace(text.charAt(at + 1)))
                        && !isAbbreviation(text, at)
                        && !isOrdinal(text, at, end);
            default -> false;
        };
    }

    /** The last point of "z.n." or "h.o.". */
    private static boolean isAbbreviation(String text, int at) {
        return at >= 3
                && Character.isLetter(text.charAt(at - 1))
                && text.charAt(at - 2) == '.'
                && Character.isLetter(text.charAt(at - 3));
    }

    /** "Im 7. Monat": the German point of a number that counts. */
    private static boolean isOrdinal(String text, int at, int end) {
        int digits = 0;
        while (digits < at && Character.isDigit(text.charAt(at - 1 - digits))) {
            digits++;
        }
        int to = at + 2;
        while (to < end && Character.isLetter(text.charAt(to))) {
            to++;
        }
        return (digits == 1 || digits == 2) && to <= end && COUNTED.contains(text.substring(at + 2, to));
    }

    private void add(String word, int clause, int comma) {
        int at = words.size();
        if (at == clauses.length) {
            clauses = java.util.Arrays.copyOf(clauses, at * 2);
            commas = java.util.Arrays.copyOf(commas, at * 2);
        }
        clauses[at] = clause;
        commas[at] = comma;
        words.add(word);
        stems.add(stem(word));
    }

    /** True where this word is there. */
    public boolean has(String word) {
        return words.contains(word);
    }

    /** Its first four letters, by which phrases are looked up, so that a phrase can begin with a stem. */
    static String stem(String word) {
        return word.length() <= 4 ? word : word.substring(0, 4);
    }

    /** What a table finds in this text, looked for once. */
    @SuppressWarnings("unchecked") // what is kept for a table is what that table found
    <T> List<Phrases.Mention<T>> mentions(Phrases<T> table) {
        return (List<Phrases.Mention<T>>) found.computeIfAbsent(table, any -> table.search(this));
    }

    String stem(int at) {
        return stems.get(at);
    }

    int size() {
        return words.size();
    }

    String word(int at) {
        return at >= 0 && at < words.size() ? words.get(at) : "";
    }

    boolean isSameClause(int one, int other) {
        return one >= 0 && other < words.size() && clauses[one] == clauses[other];
    }

    int commasBetween(int from, int to) {
        return commas[to] - commas[from];
    }
}
