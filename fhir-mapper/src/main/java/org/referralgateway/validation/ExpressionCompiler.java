package org.referralgateway.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.ExpressionParser.Part;
import org.referralgateway.validation.ExpressionParser.TooMuch;

/**
 * Turns FHIRPath into Java that walks a payload's nodes. It knows what R4's and our own invariants use; anything else is not
 * compiled, and whoever meets it says so.
 */
final class ExpressionCompiler {

    private static final List<Object> YES = List.of(Boolean.TRUE);
    private static final List<Object> NO = List.of(Boolean.FALSE);

    /** Comparing each with each takes the square of it. */
    private static final int MOST_COMPARED = 2000;

    private final TypeTree types;

    ExpressionCompiler(TypeTree types) {
        this.types = types;
    }

    Optional<Expression> compile(String fhirPath) {
        try {
            return Optional.of(compile(ExpressionParser.parse(fhirPath)));
        } catch (TooMuch e) {
            return Optional.empty();
        }
    }

    private Expression compile(Part part) throws TooMuch {
        return switch (part) {
            case Part.Text text -> constant(text.value());
            case Part.Number number -> constant(new BigDecimal(number.value()));
            case Part.Nothing nothing -> (scope, input) -> List.of();
            case Part.Variable variable -> variable(variable.name());
            case Part.Name name -> name(name.name());
            case Part.Then then -> {
                var first = compile(then.first());
                var next = compile(then.next());
                yield (scope, input) -> next.evaluate(scope, first.evaluate(scope, input));
            }
            case Part.At at -> {
                var list = compile(at.list());
                if (!(at.index() instanceof Part.Number number)) {
                    throw new TooMuch("index");
                }
                int index = Integer.parseInt(number.value());
                yield (scope, input) -> {
                    var items = list.evaluate(scope, input);
                    return index < items.size() ? List.of(items.get(index)) : List.of();
                };
            }
            case Part.Binary binary -> binary(binary);
            case Part.Call call -> call(call.name(), call.arguments());
        };
    }

    private static Expression constant(Object value) {
        List<Object> list = List.of(value);
        return (scope, input) -> list;
    }

    private static Expression variable(String name) throws TooMuch {
        return switch (name) {
            case "resource" -> (scope, input) -> List.of(scope.resource());
            case "rootResource" -> (scope, input) -> List.of(scope.resource().container());
            case "ucum" -> constant("http://unitsofmeasure.org");
            case "context" -> (scope, input) -> List.of(scope.context());
            default -> throw new TooMuch("%" + name);
        };
    }

    private Expression name(String name) throws TooMuch {
        if (name.equals("$this")) {
            return (scope, input) -> input;
        }
        if (name.equals("true") || name.equals("false")) {
            return constant(name.equals("true"));
        }
        if (name.startsWith("$")) {
            throw new TooMuch(name);
        }
        boolean mayBeType = Character.isUpperCase(name.charAt(0));
        return (scope, input) -> children(input, name, mayBeType);
    }

    private List<Object> children(List<Object> input, String name, boolean mayBeType) {
        if (input.size() == 1 && input.getFirst() instanceof Node node) {
            if (mayBeType) {
                return types.isA(node.type(), name) ? input : List.of();
            }
            return List.copyOf(node.all(name));
        }
        var found = new ArrayList<Object>();
        for (var item : input) {
            if (item instanceof Node node) {
                if (mayBeType && types.isA(node.type(), name)) {
                    found.add(node);
                } else {
                    found.addAll(node.all(name));
                }
            }
        }
        return found;
    }

    private Expression binary(Part.Binary binary) throws TooMuch {
        if (binary.operator().equals("is") || binary.operator().equals("as")) {
            var type = typeName(binary.right());
            var left = compile(binary.left());
            return binary.operator().equals("as")
                    ? (scope, input) -> ofType(left.evaluate(scope, input), type)
                    : (scope, input) -> is(left.evaluate(scope, input), type);
        }
        var left = compile(binary.left());
        var right = compile(binary.right());
        return switch (binary.operator()) {
            case "and" ->
                (scope, input) -> {
                    var one = truth(left.evaluate(scope, input));
                    if (Boolean.FALSE.equals(one)) {
                        return NO;
                    }
                    var other = truth(right.evaluate(scope, input));
                    return Boolean.FALSE.equals(other) ? NO : one == null || other == null ? List.of() : YES;
                };
            case "or" ->
                (scope, input) -> {
                    var one = truth(left.evaluate(scope, input));
                    if (Boolean.TRUE.equals(one)) {
                        return YES;
                    }
                    var other = truth(right.evaluate(scope, input));
                    return Boolean.TRUE.equals(other) ? YES : one == null || other == null ? List.of() : NO;
                };
            case "xor" ->
                (scope, input) -> {
                    var one = truth(left.evaluate(scope, input));
                    var other = truth(right.evaluate(scope, input));
                    return one == null || other == null ? List.of() : of(!one.equals(other));
                };
            case "implies" ->
                (scope, input) -> {
                    var one = truth(left.evaluate(scope, input));
                    if (Boolean.FALSE.equals(one)) {
                        return YES;
                    }
                    var other = truth(right.evaluate(scope, input));
                    return Boolean.TRUE.equals(other) ? YES : one == null || other == null ? List.of() : NO;
                };
            case "=" -> comparison(left, right, ExpressionItems::areEqual);
            case "!=" -> comparison(left, right, (one, other) -> !ExpressionItems.areEqual(one, other));
            case "<" -> order(left, right, (one, other) -> ExpressionItems.compare(one, other) < 0);
            case "<=" -> order(left, right, (one, other) -> ExpressionItems.compare(one, other) <= 0);
            case ">" -> order(left, right, (one, other) -> ExpressionItems.compare(one, other) > 0);
            case ">=" -> order(left, right, (one, other) -> ExpressionItems.compare(one, other) >= 0);
            case "|" ->
                (scope, input) -> {
                    var all = new ArrayList<>(left.evaluate(scope, input));
                    all.addAll(right.evaluate(scope, input));
                    return distinct(all);
                };
            case "in" -> (scope, input) -> in(left.evaluate(scope, input), right.evaluate(scope, input));
            case "contains" -> (scope, input) -> in(right.evaluate(scope, input), left.evaluate(scope, input));
            case "+" -> sum(left, right, false);
            case "-" -> sum(left, right, true);
            default -> throw new TooMuch(binary.operator());
        };
    }

    private static List<Object> in(List<Object> one, List<Object> many) {
        return one.isEmpty() ? List.of() : of(contains(many, one.getFirst()));
    }

    private static Expression sum(Expression left, Expression right, boolean minus) {
        return (scope, input) -> {
            var one = left.evaluate(scope, input);
            var other = right.evaluate(scope, input);
            if (one.size() != 1 || other.size() != 1) {
                return List.of();
            }
            var a = ExpressionItems.number(one.getFirst());
            var b = ExpressionItems.number(other.getFirst());
            if (a == null || b == null) {
                throw new Expression.Unsure("sum");
            }
            return List.of(minus ? a.subtract(b) : a.add(b));
        };
    }

    private static Expression comparison(
            Expression left, Expression right, BiPredicate<List<Object>, List<Object>> compared) {
        return (scope, input) -> {
            var one = left.evaluate(scope, input);
            var other = right.evaluate(scope, input);
            return one.isEmpty() || other.isEmpty() ? List.of() : of(compared.test(one, other));
        };
    }

    private static Expression order(Expression left, Expression right, BiPredicate<Object, Object> compared) {
        return (scope, input) -> {
            var one = left.evaluate(scope, input);
            var other = right.evaluate(scope, input);
            if (one.isEmpty() || other.isEmpty()) {
                return List.of();
            }
            if (one.size() > 1 || other.size() > 1) {
                throw new Expression.Unsure("comparison of several");
            }
            return of(compared.test(one.getFirst(), other.getFirst()));
        };
    }

    private Expression call(String name, List<Part> arguments) throws TooMuch {
        if (arguments.isEmpty()) {
            return callWithout(name);
        }
        if (name.equals("is") || name.equals("as") || name.equals("ofType")) {
            var type = typeName(arguments.getFirst());
            return name.equals("is") ? (scope, input) -> is(input, type) : (scope, input) -> ofType(input, type);
        }
        var argument = compile(arguments.getFirst());
        return switch (name) {
            case "exists" ->
                (scope, input) -> {
                    for (var item : input) {
                        if (isTrue(argument.evaluate(scope, List.of(item)))) {
                            return YES;
                        }
                    }
                    return NO;
                };
            case "where" ->
                (scope, input) -> {
                    var kept = new ArrayList<Object>();
                    for (var item : input) {
                        if (isTrue(argument.evaluate(scope, List.of(item)))) {
                            kept.add(item);
                        }
                    }
                    return kept;
                };
            case "all" ->
                (scope, input) -> {
                    for (var item : input) {
                        if (!isTrue(argument.evaluate(scope, List.of(item)))) {
                            return NO;
                        }
                    }
                    return YES;
                };
            case "select" ->
                (scope, input) -> {
                    var all = new ArrayList<Object>();
                    for (var item : input) {
                        all.addAll(argument.evaluate(scope, List.of(item)));
                    }
                    return all;
                };
            case "repeat" -> (scope, input) -> repeated(argument, scope, input);
            case "trace" -> (scope, input) -> input;
            case "extension" -> (scope, input) -> extensions(input, argument.evaluate(scope, input));
            case "startsWith" -> onText(argument, String::startsWith);
            case "endsWith" -> onText(argument, String::endsWith);
            case "contains" -> onText(argument, String::contains);
            case "matches" -> matches(arguments.getFirst());
            case "union", "combine" ->
                (scope, input) -> {
                    var all = new ArrayList<>(input);
                    all.addAll(argument.evaluate(scope, input));
                    return name.equals("union") ? distinct(all) : all;
                };
            case "intersect" ->
                (scope, input) -> {
                    var other = argument.evaluate(scope, input);
                    return distinct(
                            input.stream().filter(item -> contains(other, item)).toList());
                };
            case "subsetOf" ->
                (scope, input) -> {
                    var other = argument.evaluate(scope, input);
                    return of(input.stream().allMatch(item -> contains(other, item)));
                };
            case "iif" -> iif(argument, arguments);
            case "substring" -> substring(arguments);
            default -> throw new TooMuch(name);
        };
    }

    private Expression iif(Expression condition, List<Part> arguments) throws TooMuch {
        var then = compile(arguments.get(1));
        Expression otherwise = arguments.size() > 2 ? compile(arguments.get(2)) : (scope, input) -> List.of();
        return (scope, input) -> isTrue(condition.evaluate(scope, input))
                ? then.evaluate(scope, input)
                : otherwise.evaluate(scope, input);
    }

    private static Expression substring(List<Part> arguments) throws TooMuch {
        if (arguments.size() != 1 || !(arguments.getFirst() instanceof Part.Number number)) {
            throw new TooMuch("substring");
        }
        int from = Integer.parseInt(number.value());
        return (scope, input) -> {
            var text = input.size() == 1 ? ExpressionItems.text(input.getFirst()) : null;
            return text == null || text.length() <= from ? List.of() : List.of(text.substring(from));
        };
    }

    private static Expression callWithout(String name) throws TooMuch {
        return switch (name) {
            case "exists" -> (scope, input) -> of(ExpressionItems.haveContent(input));
            case "empty" -> (scope, input) -> of(!ExpressionItems.haveContent(input));
            case "count" -> (scope, input) -> List.of(BigDecimal.valueOf(input.size()));
            case "not" ->
                (scope, input) -> {
                    var truth = truth(input);
                    return truth == null ? List.of() : of(!truth);
                };
            case "hasValue" -> (scope, input) -> of(input.size() == 1 && hasValue(input.getFirst()));
            case "first" -> (scope, input) -> input.isEmpty() ? List.of() : List.of(input.getFirst());
            case "last" -> (scope, input) -> input.isEmpty() ? List.of() : List.of(input.getLast());
            case "tail" -> (scope, input) -> input.size() < 2 ? List.of() : input.subList(1, input.size());
            case "distinct" -> (scope, input) -> distinct(input);
            case "isDistinct" -> (scope, input) -> of(distinct(input).size() == input.size());
            case "children" ->
                (scope, input) -> {
                    var all = new ArrayList<Object>();
                    for (var item : input) {
                        if (item instanceof Node node) {
                            all.addAll(node.children());
                        }
                    }
                    return all;
                };
            case "length" ->
                (scope, input) -> {
                    var text = input.size() == 1 ? ExpressionItems.text(input.getFirst()) : null;
                    return text == null ? List.of() : List.of(BigDecimal.valueOf(text.length()));
                };
            default -> throw new TooMuch(name);
        };
    }

    private static boolean hasValue(Object item) {
        return !(item instanceof Node node) || node.value() != null;
    }

    private static Expression matches(Part pattern) throws TooMuch {
        if (!(pattern instanceof Part.Text text)) {
            throw new TooMuch("matches");
        }
        var compiled = Pattern.compile("(?s)" + text.value());
        return (scope, input) -> {
            var value = input.size() == 1 ? ExpressionItems.text(input.getFirst()) : null;
            if (value != null && value.length() > 1000) {
                throw new Expression.Unsure("a long text for a pattern");
            }
            return of(value != null && compiled.matcher(value).find());
        };
    }

    private static Expression onText(Expression argument, BiPredicate<String, String> test) {
        return (scope, input) -> {
            var with = argument.evaluate(scope, input);
            if (input.size() != 1 || with.size() != 1) {
                return NO; // as the reference has it, also of nothing
            }
            var text = ExpressionItems.text(input.getFirst());
            var other = ExpressionItems.text(with.getFirst());
            return of(text != null && other != null && test.test(text, other));
        };
    }

    private static List<Object> extensions(List<Object> input, List<Object> url) {
        var wanted = url.isEmpty() ? null : ExpressionItems.text(url.getFirst());
        var found = new ArrayList<Object>();
        for (var item : input) {
            if (item instanceof Node node) {
                node.all("extension").stream()
                        .filter(extension -> wanted != null && wanted.equals(extension.text("url")))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<Object> repeated(Expression step, Expression.Scope scope, List<Object> input) {
        var all = new ArrayList<Object>();
        var next = input;
        while (!next.isEmpty()) {
            var found = new ArrayList<Object>();
            for (var item : next) {
                found.addAll(step.evaluate(scope, List.of(item)));
            }
            all.addAll(found);
            next = found;
        }
        return all;
    }

    private static String typeName(Part part) throws TooMuch {
        return switch (part) {
            case Part.Name name -> name.name();
            case Part.Then then
            when then.first() instanceof Part.Name && then.next() instanceof Part.Name name -> name.name();
            default -> throw new TooMuch("type");
        };
    }

    private List<Object> is(List<Object> input, String type) {
        return input.size() == 1 ? of(isA(input.getFirst(), type)) : List.of();
    }

    private List<Object> ofType(List<Object> input, String type) {
        return input.stream().filter(item -> isA(item, type)).toList();
    }

    private boolean isA(Object item, String type) {
        return item instanceof Node node && types.isA(node.type(), type);
    }

    private static boolean contains(List<Object> many, Object one) {
        if (many.size() > MOST_COMPARED) {
            throw new Expression.Unsure("many items");
        }
        for (var item : many) {
            if (ExpressionItems.areEqual(item, one)) {
                return true;
            }
        }
        return false;
    }

    private static List<Object> distinct(List<Object> items) {
        var kept = new ArrayList<Object>();
        for (var item : items) {
            if (!contains(kept, item)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static boolean isTrue(List<Object> result) {
        return Boolean.TRUE.equals(truth(result));
    }

    private static @Nullable Boolean truth(List<Object> result) {
        return result.isEmpty() ? null : (Boolean) ExpressionItems.isTrue(result.getFirst());
    }

    private static List<Object> of(boolean truth) {
        return truth ? YES : NO;
    }
}
