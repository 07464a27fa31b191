package org.referralgateway.clinical;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Units that may leave the database: short and made of few characters; anything else is a sender's text. */
final class Units {

    private static final Pattern UCUM = Pattern.compile("[A-Za-z0-9%/\\[\\]{}().*_-]{1,20}");

    private Units() {}

    static @Nullable String ucum(@Nullable String unit) {
        return unit != null && UCUM.matcher(unit).matches() ? unit : null;
    }
}
