package org.referralgateway.api.vault;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * That the person of a referral was erased. Kept in the keyring beside the keys that are left, so that it is known beside a
 * database of any age.
 *
 * @param by who did it, as on the trail
 * @param keys the names of the keys that were destroyed: the referral's, and those of what was sent with it
 */
public record ErasureRecord(
        String sender, UUID referral, Instant at, ErasureReason reason, String by, List<UUID> keys) {

    public ErasureRecord {
        keys = List.copyOf(keys);
    }
}
