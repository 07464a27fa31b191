package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a payload under the name that FHIR's definitions give it ({@code value}, not {@code valueQuantity}), with the
 * rules that hold for it. What stands beside a primitive under its name with an underscore is among its children.
 */
final class Node {

    static final int NO_INDEX = -1;

    private final @Nullable Node parent;
    private final String name;
    private final int index;
    private final String type;
    private final @Nullable ObjectRules rules;
    private final @Nullable ElementRules element;
    private @Nullable String value;
    private List<Node> children = List.of();

    Node(
            @Nullable Node parent,
            String name,
            int index,
            String type,
            @Nullable ObjectRules rules,
            @Nullable ElementRules element) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.type = type;
        this.rules = rules;
        this.element = element;
    }

    @Nullable
    Node parent() {
        return parent;
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** FHIR's name of the type: {@code Quantity}, {@code code}, {@code Patient}. */
    String type() {
        return type;
    }

    /** What may be in it; null in a primitive. */
    @Nullable
    ObjectRules rules() {
        return rules;
    }

    /** What its place asks of it; null in the whole. */
    @Nullable
    ElementRules element() {
        return element;
    }

    /** A primitive's value as text; null where it has none, and in everything else. */
    @Nullable
    String value() {
        return value;
    }

    void value(String text) {
        value = text;
    }

    List<Node> children() {
        return children;
    }

    void add(Node child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(6);
        }
        children.add(child);
    }

    boolean isPrimitive() {
        return rules == null;
    }

    boolean isResource() {
        return rules != null && rules.isResource();
    }

    /** False of a resource that says no more than its type. */
    boolean hasContent() {
        if (value != null) {
            return true;
        }
        for (var child : children) {
            if (child.hasContent()) {
                return true;
            }
        }
        return false;
    }

    boolean has(String child) {
        return first(child) != null;
    }

    @Nullable
    Node first(String child) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i).name.equals(child)) {
                return children.get(i);
            }
        }
        return null;
    }

    List<Node> all(String child) {
        List<Node> found = List.of();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i).name.equals(child)) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(4);
                }
                found.add(children.get(i));
            }
        }
        return found;
    }

    /** The value of a child that occurs once; null where there is none. */
    @Nullable
    String text(String child) {
        var found = first(child);
        return found == null ? null : found.value;
    }

    /** The resource that it is, or is in. */
    Node resource() {
        var at = this;
        while (!at.isResource() && at.parent != null) {
            at = at.parent;
        }
        return at;
    }

    /** The resource that it is in, past contained ones. */
    Node container() {
        var at = resource();
        while (at.name.equals("contained") && at.parent != null) {
            at = at.parent.resource();
        }
        return at;
    }

    /** As FHIRPath. */
    String path() {
        var text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (parent != null) {
            parent.write(text);
            text.append('.');
        }
        text.append(name);
        if (index != NO_INDEX) {
            text.append('[').append(index).append(']');
        }
    }
}
