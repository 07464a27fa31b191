package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.SentResource;

/**
 * The ids that a sender gave a ServiceRequest in a message or Bundle, kept as identifiers, so that a later message that
 * names it by them finds it. Only UUIDs: whatever else stands there, such as {@code Patient/1}, may stand for another one
 * the next time.
 */
final class SenderIds {

    static final String SYSTEM = "urn:referral-gateway:id-at-sender";

    private static final Pattern UUID =
            Pattern.compile("(?i)(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private SenderIds() {}

    static List<BusinessIdentifier> of(SentResource sent) {
        var ids = new ArrayList<BusinessIdentifier>();
        add(ids, sent.part().id());
        add(ids, sent.fullUrl());
        return ids.stream().distinct().toList();
    }

    private static void add(List<BusinessIdentifier> ids, @org.jspecify.annotations.Nullable String text) {
        var matcher = UUID.matcher(text == null ? "" : text);
        if (matcher.matches()) {
            ids.add(new BusinessIdentifier(SYSTEM, matcher.group(1).toLowerCase(Locale.ROOT), null));
        }
    }
}
