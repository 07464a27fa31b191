package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What row-level security costs of the CPU of an accepted referral: off and on in turns, in one run. Only when asked for, by
 * {@code -Dtest.cost=true}, because on a busy machine it says nothing (deploy/bench/README.md).
 */
@EnabledIfSystemProperty(named = "test.cost", matches = "true")
class WallCostTest {

    private static final int ROUNDS = 8;
    private static final int EACH = 250;
    private static final int WARM = 2000;

    private final List<String> tokens = new ArrayList<>();
    private String url = "";

    @Test
    void theWallCostsAtMostOneTwentiethOfAReferral() throws SQLException, IOException {
        url = TestServers.instance().anotherDatabase("referral_cost");
        try (var gateway = TestGateway.start(
                "--spring.datasource.url=" + url,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false",
                "--referral.audit.sealing=false")) {
            for (int i = 0; i < 20; i++) {
                tokens.add(gateway.token("cost-" + i));
            }
            referrals(gateway, WARM, 20);
            var off = new CpuCost(url);
            var on = new CpuCost(url);
            var changing = new CpuCost(url);
            for (int round = 0; round < ROUNDS; round++) {
                wall("disable");
                off.add(() -> referrals(gateway, EACH, 1));
                wall("enable");
                on.add(() -> referrals(gateway, EACH, 1));
                changing.add(() -> referrals(gateway, EACH, 20));
            }
            off.say("without the wall", ROUNDS * EACH, off);
            on.say("behind it", ROUNDS * EACH, off);
            changing.say("behind it, another sender each time", ROUNDS * EACH, off);
            assertThat(on.all() / off.all()).isLessThan(1.05);
        }
    }

    private void referrals(TestGateway gateway, int many, int senders) {
        for (int i = 0; i < many; i++) {
            assertThat(gateway.post(
                                    "/ServiceRequest",
                                    Referrals.aReferral(Referrals.newNumber()),
                                    "Authorization",
                                    "Bearer " + tokens.get(i % senders))
                            .status())
                    .isEqualTo(201);
        }
    }

    private void wall(String how) throws SQLException {
        try (var admin = TestServers.instance().superuser(url);
                var statement = admin.createStatement()) {
            statement.execute("""
                    do $$
                    declare one regclass;
                    begin
                        for one in select oid from pg_class where relnamespace = 'referral'::regnamespace and relforcerowsecurity
                        loop
                            execute 'alter table ' || one || ' %s row level security';
                        end loop;
                    end
                    $$""".formatted(how));
        }
    }
}
