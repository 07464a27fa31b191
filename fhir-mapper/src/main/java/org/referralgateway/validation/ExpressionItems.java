package org.referralgateway.validation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How FHIRPath sees the items that an expression works with. */
final class ExpressionItems {

    private static final Set<String> NUMBERS = Set.of("integer", "decimal", "positiveInt", "unsignedInt");
    private static final Set<String> TIMES = Set.of("date", "dateTime", "instant", "time");

    private ExpressionItems() {}

    static boolean isTrue(Object item) {
        if (item instanceof Node node && node.type().equals("boolean")) {
            return "true".equals(node.value());
        }
        return !Boolean.FALSE.equals(item);
    }

    /** The reference takes what has nothing in it, such as a resource of a type only, for absent. */
    static boolean haveContent(List<Object> items) {
        for (var item : items) {
            if (!(item instanceof Node node) || node.hasContent()) {
                return true;
            }
        }
        return false;
    }

    /** A string; null where the item is none. */
    static @Nullable String text(Object item) {
        if (item instanceof Node node) {
            return node.value();
        }
        return item instanceof String text ? text : null;
    }

    static @Nullable BigDecimal number(Object item) {
        if (item instanceof BigDecimal number) {
            return number;
        }
        if (item instanceof Node node && NUMBERS.contains(node.type()) && node.value() != null) {
            try {
                return new BigDecimal(node.value());
            } catch (NumberFormatException e) {
                throw new Expression.Unsure("no number"); // the strict reading has named it
            }
        }
        return null;
    }

    static boolean areEqual(List<Object> left, List<Object> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!areEqual(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean areEqual(Object left, Object right) {
        var one = number(left);
        var other = number(right);
        if (one != null && other != null) {
            return one.compareTo(other) == 0;
        }
        if (left instanceof Boolean || right instanceof Boolean) {
            return isTrue(left) == isTrue(right);
        }
        if (left instanceof Node a && right instanceof Node b && !(a.isPrimitive() && b.isPrimitive())) {
            return areAlike(a, b);
        }
        if (isTime(left) && isTime(right) && !Objects.equals(text(left), text(right))) {
            throw new Expression.Unsure("times");
        }
        return Objects.equals(text(left), text(right));
    }

    private static int quantities(Node one, Node other) {
        var left = one.first("value");
        var right = other.first("value");
        boolean sameUnit = Objects.equals(one.text("code"), other.text("code"))
                && Objects.equals(one.text("system"), other.text("system"))
                && Objects.equals(one.text("unit"), other.text("unit"));
        if (left == null || right == null || !sameUnit || one.has("comparator") || other.has("comparator")) {
            throw new Expression.Unsure("quantities");
        }
        return compare(left, right);
    }

    private static boolean areAlike(Node one, Node other) {
        if (!Objects.equals(one.value(), other.value())
                || one.children().size() != other.children().size()) {
            return false;
        }
        for (int i = 0; i < one.children().size(); i++) {
            var left = one.children().get(i);
            var right = other.children().get(i);
            if (!left.name().equals(right.name()) || !areAlike(left, right)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(Object item) {
        return item instanceof Node node && TIMES.contains(node.type());
    }

    /** Below zero, zero, above zero. */
    static int compare(Object left, Object right) {
        var one = number(left);
        var other = number(right);
        if (one != null && other != null) {
            return one.compareTo(other);
        }
        if (left instanceof Node a && right instanceof Node b && a.type().equals(b.type()) && a.has("value")) {
            return quantities(a, b);
        }
        var text = text(left);
        var with = text(right);
        if (text == null || with == null) {
            throw new Expression.Unsure("comparison");
        }
        return isTime(left) && isTime(right) ? Times.compare(text, with) : text.compareTo(with);
    }
}
