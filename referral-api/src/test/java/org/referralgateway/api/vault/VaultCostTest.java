package org.referralgateway.api.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.events.LockedBytes;

/** What the vault costs a referral: each step alone, and all of them beside what an accepted referral costs. CPU of this thread. */
class VaultCostTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final int ROUNDS = 20_000;

    @Test
    void whatAReferralPaysForItsKeyIsSmall() {
        var fresh = KeyTree.grow(new SecureRandom());
        var punctured = fresh;
        for (int i = 0; i < 1000; i++) {
            punctured = punctured.without(UUID.randomUUID());
        }
        var afterwards = punctured;
        var key = new SecretKeySpec(new byte[32], "AES");
        var small = new byte[2_000];
        var payload = new byte[5_000];
        var vault = GATEWAY.bean(Vault.class);

        double derived = micros(() -> assertThat(fresh.key(UUID.randomUUID())).isPresent());
        double derivedLater =
                micros(() -> assertThat(afterwards.key(UUID.randomUUID())).isPresent());
        double locked = micros(() -> LockedBytes.lock(key, "place", payload));
        double lockedSmall = micros(() -> LockedBytes.lock(key, "place", small));
        double fingerprint = micros(() -> vault.fingerprint("number demo", "https://practice.example/orders|R-1"));
        // A referral of the tests: payload, content, event, name, and a dozen fingerprints.
        double whole = derived + locked + 2 * lockedSmall + lockedSmall / 4 + 12 * fingerprint;

        double referral = perReferral();
        System.out.printf(
                Locale.ROOT,
                "Vault, CPU in us: key %.1f (after 1000 erasures %.1f), lock 5 KB %.1f, lock 2 KB %.1f, fingerprint %.2f;"
                        + " a referral pays about %.0f of %.0f (test client included): %.1f %%%n",
                derived,
                derivedLater,
                locked,
                lockedSmall,
                fingerprint,
                whole,
                referral,
                100 * whole / referral);
        assertThat(whole).isLessThan(0.2 * referral);
    }

    private static double micros(Runnable what) {
        repeat(ROUNDS, what);
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        repeat(ROUNDS, what);
        return (threads.getCurrentThreadCpuTime() - before) / 1000.0 / ROUNDS;
    }

    /** CPU of the whole process, which is all of the service, and the client. */
    private static double perReferral() {
        var numbers = List.of(150, 150);
        double last = 0;
        for (int many : numbers) {
            long before = processCpu();
            repeat(
                    many,
                    () -> assertThat(GATEWAY.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                                    .status())
                            .isEqualTo(201));
            last = (processCpu() - before) / 1000.0 / many;
        }
        return last;
    }

    private static long processCpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static void repeat(int many, Runnable what) {
        for (int i = 0; i < many; i++) {
            what.run();
        }
    }
}
