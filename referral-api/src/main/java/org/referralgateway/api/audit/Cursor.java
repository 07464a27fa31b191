package org.referralgateway.api.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has followed a table that only grows.
 *
 * @param after everything up to here has been told, but for the gaps
 * @param gaps positions up to there that were given to transactions still under way
 */
record Cursor(long after, List<Long> gaps) {

    /** More gaps than that are not carried along: so many transactions are never under way at once. */
    static final int MOST_GAPS = 50;

    /** No table gets as far as this. */
    private static final long LAST = Long.MAX_VALUE / 2;

    Cursor {
        gaps = List.copyOf(gaps.size() > MOST_GAPS ? gaps.subList(0, MOST_GAPS) : gaps);
    }

    /** What {@link #toString} wrote; null where it is something else. */
    static @Nullable Cursor of(String text) {
        try {
            var numbers = new ArrayList<Long>();
            for (var part : text.split("_", MOST_GAPS + 1)) {
                numbers.add(Long.parseLong(part));
            }
            boolean isPlace = numbers.stream().allMatch(number -> number >= 0 && number <= LAST);
            return isPlace ? new Cursor(numbers.getFirst(), numbers.subList(1, numbers.size())) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder(Long.toString(after));
        gaps.forEach(gap -> text.append('_').append(gap));
        return text.toString();
    }
}
