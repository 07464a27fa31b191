package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.LocalPath;

/**
 * How a browser asks.
 *
 * @param htmx whether it wants a piece of the page that it shows, rather than a page
 * @param back where the visitor comes from
 */
record Asking(boolean htmx, String back) {

    static Asking of(HttpServletRequest request, @Nullable String back) {
        return new Asking("true".equals(request.getHeader("HX-Request")), LocalPath.or("/worklist", back));
    }

    /** The way back, with what was done for the page to say. */
    String backWith(String notice) {
        return back + (back.contains("?") ? "&" : "?") + "notice=" + notice;
    }
}
