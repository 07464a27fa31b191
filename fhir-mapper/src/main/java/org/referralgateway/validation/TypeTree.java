package org.referralgateway.validation;

import java.util.Map;

/** Which type is a kind of which: an Age is a Quantity, a Patient is a DomainResource. */
record TypeTree(Map<String, String> bases) {

    TypeTree {
        bases = Map.copyOf(bases);
    }

    boolean isA(String type, String wanted) {
        for (var at = type; at != null; at = bases.get(at)) {
            if (at.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
