package org.referralgateway.mapper;

import org.jspecify.annotations.Nullable;

/** Where in a payload: a chain that is only written out when there is something to say about the place. */
record ElementPath(@Nullable ElementPath parent, String name, int index) {

    private static final int NO_INDEX = -1;

    static ElementPath root(String name) {
        return new ElementPath(null, name, NO_INDEX);
    }

    ElementPath child(String name) {
        return new ElementPath(this, name, NO_INDEX);
    }

    ElementPath at(int index) {
        return new ElementPath(parent, name, index);
    }

    /** As FHIRPath, for example {@code Bundle.entry[2].resource.subject}. */
    @Override
    public String toString() {
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
