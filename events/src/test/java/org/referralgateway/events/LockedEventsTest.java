package org.referralgateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.events.LockedBytes.NotForThisKey;

/** The data of an event opens with the key of its referral, where the event was put, and nowhere else. */
class LockedEventsTest {

    private static final EventCodec CODEC = new EventCodec();
    private static final SecretKey KEY = key(1);

    @ParameterizedTest
    @EnumSource(EventType.class)
    void aLockedEventOpensToWhatItWas(EventType type) {
        var plain = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(type)));
        var locked = LockedEvents.lock(plain, KEY);

        assertThat(LockedEvents.isLocked(locked.headers())).isTrue();
        assertThat(CODEC.head(locked.key(), locked.headers())).isEqualTo(CODEC.head(plain.key(), plain.headers()));
        assertThat(LockedEvents.open(locked.headers(), locked.data(), KEY)).isEqualTo(plain.data());
    }

    @Test
    void theSameTwiceDoesNotLookTheSame() {
        assertThat(LockedBytes.lock(KEY, "place", "Hazel Nutt".getBytes(UTF_8)))
                .isNotEqualTo(LockedBytes.lock(KEY, "place", "Hazel Nutt".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_subject", "ce_sequence"})
    void underAnotherHeaderItDoesNotOpen(String header) {
        var locked = LockedEvents.lock(
                CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1))), KEY);
        var moved = new LinkedHashMap<>(locked.headers());
        moved.put(header, "another");

        assertThatThrownBy(() -> LockedEvents.open(moved, locked.data(), KEY)).isInstanceOf(NotForThisKey.class);
    }

    @Test
    void neitherAnotherKeyNorAnAlteredByteOpensIt() {
        var locked = LockedBytes.lock(KEY, "place", "Hazel Nutt".getBytes(UTF_8));
        assertThatThrownBy(() -> LockedBytes.open(key(2), "place", locked)).isInstanceOf(NotForThisKey.class);
        for (int i = 0; i < locked.length; i++) {
            var altered = locked.clone();
            altered[i] ^= 4;
            assertThatThrownBy(() -> LockedBytes.open(KEY, "place", altered)).isInstanceOf(NotForThisKey.class);
        }
        assertThatThrownBy(() -> LockedBytes.open(KEY, "place", new byte[] {1, 2}))
                .isInstanceOf(NotForThisKey.class);
    }

    private static SecretKey key(int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "AES");
    }
}
