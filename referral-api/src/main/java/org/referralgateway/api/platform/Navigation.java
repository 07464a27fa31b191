package org.referralgateway.api.platform;

import java.util.List;
import org.referralgateway.api.access.May;

/** The pages that somebody can go to from anywhere: those that they may open, in this order. */
public final class Navigation {

    private static final List<Item> ALL = List.of(
            new Item("/worklist", "worklist", "Worklist"),
            new Item("/waiting", "waiting", "Waiting"),
            new Item("/log", "log", "Log"),
            new Item("/people", "people", "People"),
            new Item("/erasures", "erasures", "Erasures"),
            new Item("/ig", "ig", "Guide"));

    private Navigation() {}

    /** @param section what a page calls itself towards the frame */
    public record Item(String path, String section, String label) {}

    public static List<Item> of(May may) {
        return ALL.stream().filter(item -> may.open(item.path())).toList();
    }

    /** Where somebody's work begins. */
    public static String start(May may) {
        return of(may).getFirst().path();
    }
}
