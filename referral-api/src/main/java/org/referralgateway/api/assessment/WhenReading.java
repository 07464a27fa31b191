package org.referralgateway.api.assessment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Conclusions.Answer;
import org.referralgateway.events.Conclusions.Certainty;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the condition of a pathway rule: a word such as {@code always}, a condition with its values such as
 * {@code resistance: [unclear, not-met]}, or a list of conditions of which one is enough.
 */
final class WhenReading {

    private static final Map<String, When> WORDS = words();
    private static final String WORD = "[a-z0-9]+(-[a-z0-9]+)*";

    private final String file;
    private final List<String> mistakes;

    WhenReading(String file, List<String> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    private static Map<String, When> words() {
        var words = new LinkedHashMap<String, When>();
        words.put("always", new When.Always());
        words.put("retriage-needed", new When.RetriageNeeded());
        words.put("required-items-missing", new When.RequiredItemsMissing());
        words.put("reason-not-diagnostic", new When.ReasonNotDiagnostic());
        words.put("possible-duplicate", new When.PossibleDuplicate());
        return words;
    }

    /** Nothing where it has mistakes, which are then noted. */
    @Nullable
    When when(Node rule, @Nullable Node node) {
        return switch (node) {
            case null -> wrong(rule, "when is missing; write always, or a condition");
            case ScalarNode word -> word(word);
            case SequenceNode several -> anyOf(several);
            case MappingNode one -> valued(one);
            default -> wrong(node, "when must be a word, a condition with its values, or a list of them");
        };
    }

    private @Nullable When word(ScalarNode node) {
        var condition = WORDS.get(node.getValue());
        return condition == null
                ? wrong(
                        node,
                        "when must be one of " + String.join(", ", WORDS.keySet()) + ", or one of " + valuedNames()
                                + " with its values")
                : condition;
    }

    private @Nullable When anyOf(SequenceNode several) {
        var conditions = new ArrayList<When>();
        for (var node : several.getValue()) {
            var condition = when(several, node);
            if (condition == null) {
                return null;
            }
            conditions.add(condition);
        }
        return conditions.isEmpty() ? wrong(several, "the list of conditions is empty") : new When.AnyOf(conditions);
    }

    private static String valuedNames() {
        return "screening, resistance, certainty, red-flag, level, missing, opioid-dose";
    }

    private @Nullable When valued(MappingNode node) {
        if (node.getValue().size() != 1 || !(node.getValue().getFirst().getKeyNode() instanceof ScalarNode name)) {
            return wrong(node, "a condition is one of " + valuedNames() + ", a colon, and its values");
        }
        var value = node.getValue().getFirst().getValueNode();
        return switch (name.getValue()) {
            case "screening" -> some(value, Set.of(), When.Screening::new);
            case "missing" -> some(value, Set.of(), When.Missing::new);
            case "resistance" -> some(value, codes(Answer.values(), Answer::code), When.Resistance::new);
            case "certainty" -> some(value, codes(Certainty.values(), Certainty::code), When.Certainty::new);
            case "level" -> some(value, codes(TriageLevel.values(), TriageLevel::code), When.Level::new);
            case "red-flag" ->
                value instanceof ScalarNode any && any.getValue().equals("any")
                        ? new When.RedFlag(Set.of())
                        : some(value, Set.of(), When.RedFlag::new);
            case "opioid-dose" -> opioidDose(value);
            default -> wrong(name, "is no condition; there are " + valuedNames());
        };
    }

    private @Nullable When opioidDose(Node value) {
        if (value instanceof ScalarNode scalar && scalar.getValue().matches("[0-9]{1,4}")) {
            return new When.OpioidDose(new BigDecimal(scalar.getValue()));
        }
        return wrong(value, "opioid-dose must be a whole number of morphine milligram equivalents a day, such as 50");
    }

    private static <E> Set<String> codes(E[] values, Function<E, String> code) {
        return Arrays.stream(values).map(code).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * @param known the words there are; empty where any word will do
     */
    private @Nullable When some(Node value, Set<String> known, Function<Set<String>, When> condition) {
        var nodes = value instanceof SequenceNode several ? several.getValue() : List.of(value);
        var words = new LinkedHashSet<String>();
        for (var node : nodes) {
            var word = node instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!word.matches(WORD) || (!known.isEmpty() && !known.contains(word))) {
                return wrong(
                        node,
                        known.isEmpty()
                                ? "must be lower-case words joined by hyphens"
                                : "must be one of " + String.join(", ", known));
            }
            words.add(word);
        }
        return words.isEmpty() ? wrong(value, "there is no value in this list") : condition.apply(words);
    }

    private @Nullable When wrong(Node node, String what) {
        var mark = node.getStartMark();
        mistakes.add(
                file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + what + ".");
        return null;
    }
}
