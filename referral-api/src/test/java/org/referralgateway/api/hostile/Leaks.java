package org.referralgateway.api.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for marks where none may be, and remembers where it found some. */
final class Leaks {

    private static final int AROUND = 120;

    private final Pattern marks;
    private final List<String> found = new ArrayList<>();
    private final List<String> places = new ArrayList<>();

    Leaks(Pattern marks) {
        this.marks = marks;
    }

    /** Looks for any of these words, as whole words. */
    static Leaks ofWords(java.util.Collection<String> words) {
        return new Leaks(Pattern.compile(words.stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")(?![A-Za-z0-9])"))));
    }

    /** Looks at a text that came from there. */
    Leaks look(String place, String text) {
        places.add(place);
        var matcher = marks.matcher(text);
        int most = 3;
        while (matcher.find() && most-- > 0) {
            found.add(place + ": …"
                    + text.substring(
                            Math.max(0, matcher.start() - AROUND), Math.min(text.length(), matcher.end() + AROUND))
                    + "…");
        }
        return this;
    }

    List<String> found() {
        return List.copyOf(found);
    }

    /** How many texts from such places it has seen: a search in nothing finds nothing. */
    long looked(Predicate<String> place) {
        return places.stream().filter(place).count();
    }
}
