package org.referralgateway.events;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * Events whose data is locked with the key of their referral. Everything that routing and ordering need stays readable in
 * the headers. Once the key is destroyed, the data of all events of the referral is gone, wherever they were copied to.
 */
public final class LockedEvents {

    /** {@code content-type} of an event whose data is {@link LockedBytes}; what it opens to is {@code application/json}. */
    public static final String CONTENT_TYPE = "application/vnd.referral-gateway.locked";

    private static final String HEADER = "content-type";

    private LockedEvents() {}

    public static boolean isLocked(Map<String, String> headers) {
        return CONTENT_TYPE.equals(headers.get(HEADER));
    }

    public static WireEvent lock(WireEvent event, SecretKey key) {
        var headers = new LinkedHashMap<>(event.headers());
        headers.put(HEADER, CONTENT_TYPE);
        return new WireEvent(
                event.topic(), event.key(), headers, LockedBytes.lock(key, place(event.headers()), event.data()));
    }

    /**
     * The JSON of an event.
     *
     * @throws LockedBytes.NotForThisKey where it is not the key of its referral, or the record was tampered with
     */
    public static byte[] open(Map<String, String> headers, byte[] data, SecretKey key) {
        return LockedBytes.open(key, place(headers), data);
    }

    /** What is authenticated with the data: the event's id, type, subject, and place in the order. */
    private static String place(Map<String, String> headers) {
        return "event|" + WireEvent.required(headers, "ce_id") + "|" + WireEvent.required(headers, "ce_type") + "|"
                + WireEvent.required(headers, "ce_subject") + "|" + WireEvent.required(headers, "ce_sequence");
    }
}
