package org.referralgateway.api.worklist;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Urgency;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which tasks a visitor wants to see. What is absent or makes no sense does not filter.
 *
 * @param task code
 * @param owner {@code mine} or {@code nobody}
 * @param condition group, or {@code none}
 * @param after where the page before ended
 */
record WorklistFilter(
        @Nullable String task,
        @Nullable String owner,
        @Nullable String priority,
        boolean overdue,
        @Nullable String condition,
        @Nullable Position after) {

    /**
     * A place in the list: the sort key of a task.
     *
     * @param rank of the priority, the most urgent first
     * @param dueMicros since 1970; the largest number where a task has no target time
     */
    record Position(int rank, long dueMicros, UUID task) {

        static @Nullable Position of(@Nullable String text) {
            try {
                var parts = text == null ? new String[0] : text.split("_", -1);
                return parts.length == 3
                        ? new Position(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), UUID.fromString(parts[2]))
                        : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        public String toString() {
            return rank + "_" + dueMicros + "_" + task;
        }
    }

    static WorklistFilter of(
            @Nullable String task,
            @Nullable String owner,
            @Nullable String priority,
            boolean overdue,
            @Nullable String condition,
            @Nullable String after) {
        return new WorklistFilter(
                code(task),
                "mine".equals(owner) || "nobody".equals(owner) ? owner : null,
                priority != null && isUrgency(priority) ? priority : null,
                overdue,
                code(condition),
                Position.of(after));
    }

    static WorklistFilter none() {
        return new WorklistFilter(null, null, null, false, null, null);
    }

    public boolean isEmpty() {
        return task == null && owner == null && priority == null && !overdue && condition == null;
    }

    /** The address of the page that shows this. */
    public String path() {
        var uri = UriComponentsBuilder.fromPath("/worklist");
        add(uri, "task", task);
        add(uri, "owner", owner);
        add(uri, "priority", priority);
        add(uri, "overdue", overdue ? "true" : null);
        add(uri, "condition", condition);
        add(uri, "after", after == null ? null : after.toString());
        return uri.toUriString();
    }

    public WorklistFilter from(@Nullable Position place) {
        return new WorklistFilter(task, owner, priority, overdue, condition, place);
    }

    private static void add(UriComponentsBuilder uri, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, value);
        }
    }

    private static @Nullable String code(@Nullable String text) {
        return text != null && text.matches("[a-z0-9.-]{1,80}") ? text : null;
    }

    private static boolean isUrgency(String code) {
        for (var urgency : Urgency.values()) {
            if (urgency.code().equals(code)) {
                return true;
            }
        }
        return false;
    }
}
