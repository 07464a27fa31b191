package org.referralgateway.api.assessment;

import java.io.Reader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.assessment.Pathway.Rule;
import org.referralgateway.api.assessment.Pathway.Trigger;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.referralgateway.events.Urgency;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a pathway file and checks all of it: every mistake is reported with file, line, column and what to do. */
final class PathwayFile {

    private static final Set<String> ROLES = Set.of("coordinator", "nurse", "pharmacist", "clinician");
    private static final Set<String> RULE_KEYS = Set.of("name", "on", "when", "opens", "owner", "due");
    private static final Set<String> FILE_KEYS = Set.of("version", "time-zone", "rules");
    private static final String WORD = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private final String file;
    private final List<String> mistakes = new ArrayList<>();

    private PathwayFile(String file) {
        this.file = file;
    }

    /** A pathway file with mistakes; the message lists them all. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(List<String> mistakes) {
            super(String.join("\n", mistakes));
        }
    }

    /**
     * @param file its name, for messages
     * @throws Invalid where anything is wrong
     */
    static Pathway read(String file, Reader text) {
        var reading = new PathwayFile(file);
        var pathway = reading.pathway(text);
        if (pathway == null || !reading.mistakes.isEmpty()) {
            throw new Invalid(reading.mistakes);
        }
        return pathway;
    }

    private @Nullable Pathway pathway(Reader text) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            mistakes.add(at(mark.getLine(), mark.getColumn()) + "this is not YAML: " + e.getProblem() + ".");
            return null;
        }
        if (!(root instanceof MappingNode mapping)) {
            mistakes.add(file + ": the file is empty or no mapping; it needs version, time-zone and rules.");
            return null;
        }
        var fields = fields(mapping, FILE_KEYS);
        var version = text(mapping, fields, "version");
        var zone = zone(mapping, fields);
        var rules = rules(mapping, fields);
        return version == null || zone == null ? null : new Pathway(version, zone, rules);
    }

    private @Nullable ZoneId zone(MappingNode mapping, Map<String, Node> fields) {
        var name = text(mapping, fields, "time-zone");
        if (name == null) {
            return null;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            mistake(fields.get("time-zone"), "is no time zone; write one such as Europe/Berlin or UTC");
            return null;
        }
    }

    private List<Rule> rules(MappingNode mapping, Map<String, Node> fields) {
        if (!(fields.get("rules") instanceof SequenceNode sequence)) {
            mistake(fields.getOrDefault("rules", mapping), "rules must be a list; begin each rule with a dash");
            return List.of();
        }
        var rules = new ArrayList<Rule>();
        var names = new HashSet<String>();
        for (var node : sequence.getValue()) {
            if (!(node instanceof MappingNode ruleNode)) {
                mistake(node, "a rule is a mapping with name, on, when, opens, owner and due");
                continue;
            }
            var rule = rule(ruleNode);
            if (rule != null) {
                if (!names.add(rule.name())) {
                    mistake(ruleNode, "there is another rule with the name " + rule.name() + "; give each its own");
                }
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Rule rule(MappingNode node) {
        var fields = fields(node, RULE_KEYS);
        var name = word(node, fields, "name");
        var on = triggers(node, fields);
        var when = new WhenReading(file, mistakes).when(node, fields.get("when"));
        var opens = word(node, fields, "opens");
        var owner = oneOf(
                node,
                fields,
                "owner",
                role -> ROLES.contains(role) ? java.util.Optional.of(role) : java.util.Optional.empty(),
                ROLES.stream().sorted().collect(Collectors.joining(", ")));
        var due = due(node, fields);
        if (name == null || on.isEmpty() || when == null || opens == null || owner == null || due == null) {
            return null;
        }
        return new Rule(name, on, when, opens, owner, due);
    }

    /** One trigger, or a list of them. */
    private Set<Trigger> triggers(MappingNode rule, Map<String, Node> fields) {
        var node = fields.get("on");
        var items = node instanceof SequenceNode sequence
                ? sequence.getValue()
                : node == null ? List.<Node>of() : List.of(node);
        var triggers = EnumSet.noneOf(Trigger.class);
        for (var item : items) {
            var trigger = item instanceof ScalarNode scalar
                    ? Trigger.of(scalar.getValue())
                    : java.util.Optional.<Trigger>empty();
            if (trigger.isEmpty()) {
                mistake(item, "on must be one of " + words(Trigger.values(), Trigger::word) + ", or a list of them");
            }
            trigger.ifPresent(triggers::add);
        }
        if (items.isEmpty()) {
            mistake(node == null ? rule : node, "on is missing or empty");
        }
        return triggers;
    }

    private @Nullable DueBy due(MappingNode rule, Map<String, Node> fields) {
        var node = fields.get("due");
        return switch (node) {
            case null -> {
                mistake(rule, "due is missing; write for example 2 working days");
                yield null;
            }
            case MappingNode mapping ->
                isByLevel(mapping)
                        ? wrapped(each(mapping, TriageLevel.class, TriageLevel::code), DueBy.ByLevel::new)
                        : wrapped(each(mapping, Urgency.class, Urgency::code), DueBy.ByUrgency::new);
            default -> wrapped(due(node, node, ""), DueBy.Same::new);
        };
    }

    private static <T> @Nullable DueBy wrapped(@Nullable T read, Function<T, DueBy> how) {
        return read == null ? null : how.apply(read);
    }

    /** Urgent is a word of both; what stands beside it says which is meant. */
    private static boolean isByLevel(MappingNode mapping) {
        var levels = Arrays.stream(TriageLevel.values()).map(TriageLevel::code).collect(Collectors.toSet());
        Arrays.stream(Urgency.values()).map(Urgency::code).forEach(levels::remove);
        return mapping.getValue().stream()
                .anyMatch(entry -> entry.getKeyNode() instanceof ScalarNode key && levels.contains(key.getValue()));
    }

    private <E extends Enum<E>> @Nullable Map<E, Due> each(MappingNode node, Class<E> keys, Function<E, String> code) {
        var constants = keys.getEnumConstants();
        var given = fields(node, Arrays.stream(constants).map(code).collect(Collectors.toSet()));
        var due = new EnumMap<E, Due>(keys);
        for (var key : constants) {
            var one = due(given.get(code.apply(key)), node, " for " + code.apply(key));
            if (one == null) {
                return null;
            }
            due.put(key, one);
        }
        return due;
    }

    private @Nullable Due due(@Nullable Node node, Node around, String whose) {
        var read = node instanceof ScalarNode scalar ? Due.of(scalar.getValue()) : java.util.Optional.<Due>empty();
        if (read.isEmpty()) {
            mistake(node == null ? around : node, "due" + whose + " must be such as 4 hours, 7 days or 2 working days");
        }
        return read.orElse(null);
    }

    private Map<String, Node> fields(MappingNode mapping, Set<String> known) {
        var fields = new LinkedHashMap<String, Node>();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                mistake(
                        tuple.getKeyNode(),
                        "is not known here; known are "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            } else if (fields.put(key, tuple.getValueNode()) != null) {
                mistake(tuple.getKeyNode(), key + " is there twice; keep one");
            }
        }
        return fields;
    }

    private @Nullable String text(MappingNode owner, Map<String, Node> fields, String key) {
        if (fields.get(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        mistake(fields.getOrDefault(key, owner), key + " is missing or empty");
        return null;
    }

    private @Nullable String word(MappingNode owner, Map<String, Node> fields, String key) {
        var text = text(owner, fields, key);
        if (text != null && !text.matches(WORD)) {
            mistake(fields.get(key), key + " must be lower-case words joined by hyphens");
            return null;
        }
        return text;
    }

    private <T> @Nullable T oneOf(
            MappingNode owner,
            Map<String, Node> fields,
            String key,
            Function<String, java.util.Optional<T>> reader,
            String known) {
        var text = text(owner, fields, key);
        if (text == null) {
            return null;
        }
        var value = reader.apply(text);
        if (value.isEmpty()) {
            mistake(fields.get(key), key + " must be one of " + known);
            return null;
        }
        return value.get();
    }

    private static <E> String words(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
    }

    private void mistake(@Nullable Node node, String what) {
        var mark = node == null ? null : node.getStartMark();
        mistakes.add((mark == null ? file + ": " : at(mark.getLine(), mark.getColumn())) + what + ".");
    }

    private String at(int line, int column) {
        return file + ", line " + (line + 1) + ", column " + (column + 1) + ": ";
    }
}
