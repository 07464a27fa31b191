package org.referralgateway.clinical.tables;

import java.util.ArrayList;

/** The words of a text in plain letters, letters and digits apart, and where clauses and sentences end. */
public record Words(String[] words, byte[] ends) {

    private static final byte CLAUSE = 1;
    private static final byte SENTENCE = 2;

    public static Words of(String text) {
        var lower = Letters.plain(text);
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

    private static Words marked(String lower, String[] words) {
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
        return new Words(words, ends);
    }

    /** True where a comma, a bracket or more follows the word. */
    public boolean endsClause(int word) {
        return ends[word] != 0;
    }

    public boolean endsSentence(int word) {
        return ends[word] == SENTENCE;
    }
}
