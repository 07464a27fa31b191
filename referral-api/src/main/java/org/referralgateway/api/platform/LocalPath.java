package org.referralgateway.api.platform;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A way back to a page of ours, as a form brings it along. Never leads to another site. */
public final class LocalPath {

    private static final Pattern OURS = Pattern.compile("/([A-Za-z0-9][A-Za-z0-9/_.-]*)?(\\?[A-Za-z0-9=&%:,+_.~-]*)?");

    private LocalPath() {}

    /** The path where it is one of ours, else the other one. */
    public static String or(String otherwise, @Nullable String sent) {
        return sent != null && sent.length() < 1000 && OURS.matcher(sent).matches() ? sent : otherwise;
    }
}
