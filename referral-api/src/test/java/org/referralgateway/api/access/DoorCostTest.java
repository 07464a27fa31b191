package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * What the door costs, beside what a referral costs, in one run and in CPU time of this process: the check of a token that was
 * seen before, and of one that was not.
 */
class DoorCostTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final int REFERRALS = 150;

    @Test
    void aTokenCostsLittleBesideAReferral() {
        var token = GATEWAY.token("cost");
        var check = GATEWAY.bean(TokenCheck.class);
        var asked = new BearerTokenAuthenticationToken(token);
        referrals(token, REFERRALS); // warm
        repeat(5000, () -> check.authenticate(asked));

        double referral = perRound(REFERRALS, () -> referrals(token, 1));
        double known = perRound(20_000, () -> check.authenticate(asked));

        System.out.printf(
                Locale.ROOT,
                "CPU of an accepted referral %.0f us (test client included), of a known token %.2f us: %.3f %%%n",
                referral,
                known,
                100 * known / referral);
        assertThat(known / referral).isLessThan(0.05);
    }

    private static void referrals(String token, int many) {
        repeat(
                many,
                () -> assertThat(GATEWAY.post(
                                        "/ServiceRequest",
                                        Referrals.aReferral(Referrals.newNumber()),
                                        "Authorization",
                                        "Bearer " + token)
                                .status())
                        .isEqualTo(201));
    }

    private static void repeat(int many, Runnable what) {
        for (int i = 0; i < many; i++) {
            what.run();
        }
    }

    /** Microseconds of CPU. */
    private static double perRound(int many, Runnable what) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        repeat(many, what);
        return (system.getProcessCpuTime() - before) / 1e3 / many;
    }
}
