package org.referralgateway.mapper;

import org.referralgateway.mapper.XmlWalk.Stopped;

/** Counts the elements of one XML payload, and ends the walk where there are too many or they are too deep. */
final class XmlLimits {

    private final PayloadLimits limits;
    private int elements;
    private int depth;

    XmlLimits(PayloadLimits limits) {
        this.limits = limits;
    }

    void enter(PayloadProblems problems) throws Stopped {
        if (++depth > limits.maxDepth()) {
            problems.fatal(IssueCode.TOO_DEEP, "", "The XML is nested deeper than " + limits.maxDepth() + " levels.");
            throw new Stopped();
        }
        if (++elements > limits.maxElements()) {
            problems.fatal(
                    IssueCode.TOO_MANY_ELEMENTS,
                    "",
                    "The XML has more than " + limits.maxElements() + " elements. Send less at once.");
            throw new Stopped();
        }
    }

    void leave() {
        depth--;
    }
}
