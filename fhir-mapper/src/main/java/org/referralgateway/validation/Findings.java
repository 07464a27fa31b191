package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one payload, up to a limit. */
final class Findings {

    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();

    void structure(Node at, String rule, String what) {
        add(Fault.Kind.STRUCTURE, at, at.path(), rule, what);
    }

    /** A fault of the whole, shown at the part that has it: of what is contained, by how it is put into the other. */
    void structure(Node whole, Node at, String rule, String what) {
        add(Fault.Kind.STRUCTURE, whole, at.path(), rule, what);
    }

    void missing(Node in, String child) {
        add(
                Fault.Kind.STRUCTURE,
                in,
                in.path() + "." + child,
                "required",
                "FHIR requires this element in " + in.type() + ". Add it.");
    }

    void reference(Node at, String rule, String what) {
        add(Fault.Kind.REFERENCE, at, at.path(), rule, what);
    }

    void code(Node at, String what) {
        add(Fault.Kind.CODE, at, at.path(), "code", what);
    }

    void undecided(Node at, String why) {
        add(Fault.Kind.UNDECIDED, at, at.path(), "undecided", why);
    }

    private void add(Fault.Kind kind, Node in, String path, String rule, String what) {
        if (faults.size() < MOST) {
            faults.add(new Fault(kind, in.resource().type(), path, rule, what));
        }
    }

    FastVerdict verdict() {
        return new FastVerdict(faults);
    }
}
