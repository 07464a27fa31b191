package org.referralgateway.validation;

import java.util.List;

/**
 * What the fast check says of a payload.
 *
 * @param faults in the order of the text
 */
public record FastVerdict(List<Fault> faults) {

    public FastVerdict {
        faults = List.copyOf(faults);
    }

    /** True where the reference validator would find no error either. */
    public boolean isAccepted() {
        return faults.isEmpty();
    }

    /** True where there is nothing wrong as far as the fast check can tell, but it cannot tell all. */
    public boolean isUndecided() {
        return !faults.isEmpty() && faults.stream().allMatch(fault -> fault.kind() == Fault.Kind.UNDECIDED);
    }
}
