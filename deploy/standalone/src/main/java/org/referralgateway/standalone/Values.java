package org.referralgateway.standalone;

import java.util.Iterator;

/** Values of options on a command line. */
final class Values {
    private Values() {}

    /** The word after an option. */
    static String after(String option, Iterator<String> rest, String usage) {
        if (!rest.hasNext()) {
            throw new CannotStart(option + " needs a value.\n\n" + usage);
        }
        return rest.next();
    }
}
