package org.referralgateway.api.platform;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;

/** Which requests are about pages that people look at; the rest is the FHIR server's and the operator's. */
final class Pages {

    private Pages() {}

    static boolean contain(HttpServletRequest request) {
        var path = path(request);
        return !isBelow(path, "/fhir") && !isBelow(path, "/actuator");
    }

    static boolean isAsset(HttpServletRequest request) {
        return isBelow(path(request), "/assets");
    }

    static boolean changesSomething(HttpServletRequest request) {
        var method = HttpMethod.valueOf(request.getMethod());
        return method != HttpMethod.GET && method != HttpMethod.HEAD && method != HttpMethod.OPTIONS;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
