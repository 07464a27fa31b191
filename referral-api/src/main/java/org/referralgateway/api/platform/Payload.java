package org.referralgateway.api.platform;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload;

/**
 * A FHIR request's body and what surrounds it.
 *
 * @param body the bytes as received, content encoding undone
 * @param converted the same in JSON of FHIR R4; null where the body is that already
 * @param checked what the strict reading of that JSON found; its parts lie there
 */
public record Payload(
        byte[] body,
        byte @Nullable [] converted,
        CheckedPayload checked,
        String contentType,
        String requestId,
        @Nullable String sentRequestId,
        @Nullable String correlationId,
        @Nullable String traceparent) {

    private static final String KEY = Payload.class.getName();

    /** The JSON of FHIR R4 that the body holds, or was converted to. */
    public byte[] json() {
        return converted == null ? body : converted;
    }

    static void keep(RequestDetails request, Payload payload) {
        request.getUserData().put(KEY, payload);
    }

    /** The payload of a request, or nothing where it has no body that was checked. */
    static @Nullable Payload find(RequestDetails request) {
        return (Payload) request.getUserData().get(KEY);
    }

    /** The payload of a create or transaction. */
    public static Payload of(RequestDetails request) {
        var payload = find(request);
        if (payload == null) {
            throw new IllegalStateException("The payload of this request was not checked.");
        }
        return payload;
    }

    static Payload of(HttpServletRequest http, byte[] body, byte @Nullable [] converted, CheckedPayload checked) {
        return new Payload(
                body,
                converted,
                checked,
                String.valueOf(http.getContentType()),
                RequestIds.of(http),
                RequestIds.sentRequestId(http),
                RequestIds.sent(http, RequestIds.CORRELATION_ID),
                traceparent(http.getHeader("traceparent")));
    }

    private static @Nullable String traceparent(@Nullable String header) {
        return header != null && header.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}") ? header : null;
    }

    /** Never prints the body. */
    @Override
    public String toString() {
        return "Payload[" + body.length + " bytes]";
    }
}
