package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private int persons;

    @Test
    void theTrailCostsAtMostOneTenthOfAReferral() throws SQLException, IOException {
        var url = TestServers.instance().jdbcUrl();
        asSuperuser("""
                create function referral.leave_out() returns trigger language plpgsql as 'begin return null; end';
                create trigger left_out before insert on referral.audit_event for each row execute function referral.leave_out();
                alter table referral.audit_event disable trigger left_out
                """);
        try {
            referrals(WARM, new ArrayList<>());
            var waitedWithout = new ArrayList<Long>();
            var waitedWith = new ArrayList<Long>();
            var off = new CpuCost(url);
            var on = new CpuCost(url);
            for (int round = 0; round < ROUNDS; round++) {
                asSuperuser("alter table referral.audit_event enable trigger left_out");
                off.add(() -> referrals(EACH, waitedWithout));
                asSuperuser("alter table referral.audit_event disable trigger left_out");
                on.add(() -> referrals(EACH, waitedWith));
            }
            off.say("without the trail", ROUNDS * EACH, off);
            on.say("with it, sealed", ROUNDS * EACH, off);
            say("without the trail", waitedWithout);
            say("with it, sealed", waitedWith);
            assertThat(on.all() / off.all()).isLessThan(1.10);
        } finally {
            asSuperuser("drop trigger left_out on referral.audit_event; drop function referral.leave_out()");
        }
    }

    /**
     * @param waited nanoseconds of each, added
     */
    private void referrals(int many, List<Long> waited) {
        for (int i = 0; i < many; i++) {
            var referral = ofSomebodyElse(Referrals.aReferral(Referrals.newNumber()));
            long before = System.nanoTime();
            assertThat(gateway.post("/ServiceRequest", referral).status()).isEqualTo(201);
            waited.add(System.nanoTime() - before);
        }
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(leftToDo()).isZero());
    }

    /** As in a clinic, each referral is another person's: of one person's the search for duplicates would find thousands. */
    private String ofSomebodyElse(String referral) {
        persons++;
        var family = new StringBuilder("Nutt");
        String.valueOf(persons).chars().forEach(digit -> family.append((char) ('a' + digit - '0')));
        return referral.replace("Nutt", family)
                .replace("555-0101", "555-%07d".formatted(persons))
                .replace(
                        "1971-04-02",
                        LocalDate.of(1940, 1, 1).plusDays(persons * 7L % 25_000).toString());
    }

    private static void say(String what, List<Long> waited) {
        var sorted = waited.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "Answer to a referral %s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6);
    }

    /** Events to send, referrals without tasks, rows to seal. By somebody whose CPU is not counted. */
    private static long leftToDo() throws SQLException {
        try (var admin = TestServers.instance().superuser();
                var statement = admin.createStatement();
                var answer = statement.executeQuery("""
                        select (select count(*) from referral.outbox where sent_at is null)
                             + (select count(*) from referral.referral r where not exists
                                    (select from referral.task t where t.sender = r.sender and t.referral = r.referral))
                             + (select count(*) from referral.audit_event a where not exists
                                    (select from referral.audit_leaf l where l.position = a.position))
                        """)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (var admin = TestServers.instance().superuser();
                var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
