package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the audit trail, written and sealed, costs of the CPU of a referral that is accepted, announced and has its tasks: off
 * and on in turns, in one run. Off, a trigger leaves the rows out, so there is nothing to seal either. Only when asked for, by
 * {@code -Dtest.cost=true}, because on a busy machine it says nothing (deploy/bench/README.md).
 */
@EnabledIfSystemProperty(named = "test.cost", matches = "true")
class TrailCostTest {

    private static final int ROUNDS = 8;
    private static final int EACH = 250;
    private static final int WARM = 2000;

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void theTrailCostsAtMostOneTenthOfAReferral() throws SQLException, IOException {
        var url = TestServers.instance().jdbcUrl();
        asSuperuser("""
                create function leave_out() returns trigger language plpgsql as 'begin return null; end';
                create trigger left_out before insert on audit_event for each row execute function leave_out();
                alter table audit_event disable trigger left_out
                """);
        try {
            referrals(WARM);
            var off = new CpuCost(url);
            var on = new CpuCost(url);
            for (int round = 0; round < ROUNDS; round++) {
                asSuperuser("alter table audit_event enable trigger left_out");
                off.add(() -> referrals(EACH));
                asSuperuser("alter table audit_event disable trigger left_out");
                on.add(() -> referrals(EACH));
            }
            off.say("without the trail", ROUNDS * EACH, off);
            on.say("with it, sealed", ROUNDS * EACH, off);
            assertThat(on.all() / off.all()).isLessThan(1.10);
        } finally {
            asSuperuser("drop trigger left_out on audit_event; drop function leave_out()");
        }
    }

    private void referrals(int many) {
        for (int i = 0; i < many; i++) {
            assertThat(gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                            .status())
                    .isEqualTo(201);
        }
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(leftToDo()).isZero());
    }

    /** Events to send, referrals without tasks, rows to seal. */
    private long leftToDo() {
        return gateway.db().sql("""
                        select (select count(*) from outbox where sent_at is null)
                             + (select count(*) from referral r where not exists
                                    (select from task t where t.sender = r.sender and t.referral = r.referral))
                             + (select count(*) from audit_event a where not exists
                                    (select from audit_leaf l where l.position = a.position))
                        """).query(Long.class).single();
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (var admin = TestServers.instance().superuser();
                var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
