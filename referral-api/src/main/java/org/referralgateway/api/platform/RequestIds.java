package org.referralgateway.api.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids by which a caller and we talk of one request. */
public final class RequestIds {

    public static final String REQUEST_ID = "X-Request-ID";
    public static final String CORRELATION_ID = "X-Correlation-ID";
    static final String SENT = RequestIds.class.getName() + ".sent";
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private RequestIds() {}

    /** The header's value where it is an id; a header that is none is not taken over anywhere. */
    public static @Nullable String sent(HttpServletRequest request, String header) {
        var value = request.getHeader(header);
        return value != null && HARMLESS.matcher(value).matches() ? value : null;
    }

    /** The id that the caller gave the request; nothing where we gave it one. */
    public static @Nullable String sentRequestId(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(SENT)) ? of(request) : null;
    }

    /** The request's id: as sent, else the one we gave it. */
    public static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(REQUEST_ID));
    }
}
