package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place in the policy file, with what was found there. What is not as it should be is noted with line and column, and
 * reading goes on with something harmless: a file with mistakes is never used.
 *
 * @param node absent where the file does not have it
 */
record PolicyNode(String file, @Nullable Node node, List<String> mistakes) {

    private static final String WORD = "[a-z0-9]+(-[a-z0-9]+)*";

    /** The fields of a mapping; what is not known, or there twice, is a mistake. */
    Fields fields(Set<String> required, Set<String> optional) {
        var fields = new HashMap<String, PolicyNode>();
        if (!(node instanceof MappingNode mapping)) {
            wrong("must be a mapping with " + String.join(", ", new TreeSet<>(required)));
            return new Fields(this, fields);
        }
        var known = new TreeSet<>(required);
        known.addAll(optional);
        entries(mapping).forEach((key, value) -> {
            if (known.contains(key.text())) {
                fields.put(key.text(), value);
            } else {
                key.wrong("is not known here; known are " + String.join(", ", known));
            }
        });
        for (var name : new TreeSet<>(required)) {
            if (!fields.containsKey(name)) {
                wrong(name + " is missing");
            }
        }
        return new Fields(this, fields);
    }

    /** The entries of a mapping with keys of any name. */
    Map<PolicyNode, PolicyNode> entries() {
        if (node instanceof MappingNode mapping) {
            return entries(mapping);
        }
        if (node != null) {
            wrong("must be a mapping");
        }
        return Map.of();
    }

    private Map<PolicyNode, PolicyNode> entries(MappingNode mapping) {
        var entries = new LinkedHashMap<PolicyNode, PolicyNode>();
        var names = new TreeSet<String>();
        for (var tuple : mapping.getValue()) {
            var key = at(tuple.getKeyNode());
            if (names.add(key.text())) {
                entries.put(key, at(tuple.getValueNode()));
            } else {
                key.wrong(key.text() + " is there twice; keep one");
            }
        }
        return entries;
    }

    List<PolicyNode> items() {
        if (node instanceof SequenceNode sequence) {
            var items = new ArrayList<PolicyNode>();
            sequence.getValue().forEach(item -> items.add(at(item)));
            return items;
        }
        if (node != null) {
            wrong("must be a list; begin each item with a dash, or write [] where there is none");
        }
        return List.of();
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    private PolicyNode at(@Nullable Node other) {
        return new PolicyNode(file, other, mistakes);
    }

    boolean isThere() {
        return node != null;
    }

    /** What is written there; empty, and noted, where it is no text. */
    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        if (node != null) {
            wrong("is empty or no text");
        }
        return "";
    }

    /** Lower-case words joined by hyphens. */
    String word() {
        var text = text();
        if (!text.isEmpty() && !text.matches(WORD)) {
            wrong("must be lower-case words joined by hyphens");
        }
        return text;
    }

    String oneOf(Set<String> words) {
        var text = text();
        if (!text.isEmpty() && !words.contains(text)) {
            wrong("must be one of " + String.join(", ", new TreeSet<>(words)));
        }
        return text;
    }

    /** A whole number, one or more; absent where the file does not have it. */
    @Nullable
    Integer count() {
        var number = number();
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0
                || number.signum() <= 0
                || number.compareTo(BigDecimal.valueOf(100_000)) > 0) {
            wrong("must be a whole number above zero");
            return 1;
        }
        return number.intValue();
    }

    /** A number, zero or more; absent where the file does not have it. */
    @Nullable
    BigDecimal number() {
        if (node == null) {
            return null;
        }
        try {
            var number = new BigDecimal(text());
            if (number.signum() >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number under zero.
        }
        wrong("must be a number, such as 90 or 4.5");
        return BigDecimal.ONE;
    }

    boolean truth() {
        return oneOf(Set.of("true", "false")).equals("true");
    }

    void wrong(String what) {
        var mark = node == null ? null : node.getStartMark();
        mistakes.add(
                mark == null
                        ? file + ": " + what + "."
                        : file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + what
                                + ".");
    }

    /** What a mapping has. A field that is not there reads as an empty place. */
    static final class Fields {
        private final PolicyNode owner;
        private final Map<String, PolicyNode> found;

        private Fields(PolicyNode owner, Map<String, PolicyNode> found) {
            this.owner = owner;
            this.found = found;
        }

        PolicyNode get(String name) {
            var node = found.get(name);
            return node == null ? owner.at(null) : node;
        }

        void forEach(BiConsumer<String, PolicyNode> each) {
            found.forEach(each);
        }
    }
}
