package org.referralgateway.mapper;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** What one JSON object has had so far: its names, the forms of its choices, and which places of its lists are filled. */
final class SeenProperties {

    private final Set<String> names = new HashSet<>();
    private final Map<Shape.Child, String> forms = new HashMap<>();
    private final Map<String, Places> places = new TreeMap<>();

    /** The places of a list of primitives, whose values and extensions are written in two arrays. */
    private static final class Places {
        private final BitSet filled = new BitSet();
        private int size;
    }

    /** False where the name was there before. */
    boolean add(String name) {
        return names.add(name);
    }

    /** False where another form of the same choice was there before. */
    boolean addForm(Shape.Child child, String form) {
        var earlier = forms.putIfAbsent(child, form);
        return earlier == null || earlier.equals(form);
    }

    boolean has(Shape.Child child) {
        return forms.containsKey(child);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    void place(String element, int index, boolean filled) {
        var list = places.computeIfAbsent(element, name -> new Places());
        list.size = Math.max(list.size, index + 1);
        if (filled) {
            list.filled.set(index);
        }
    }

    /** Calls back for every place that has neither a value nor extensions. */
    void emptyPlaces(ObjIntConsumer<String> found) {
        places.forEach((element, list) -> {
            for (int i = list.filled.nextClearBit(0); i < list.size; i = list.filled.nextClearBit(i + 1)) {
                found.accept(element, i);
            }
        });
    }
}
