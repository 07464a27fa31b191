package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            var off = new Cost();
            var on = new Cost();
            var changing = new Cost();
            for (int round = 0; round < ROUNDS; round++) {
                wall("disable");
                off.add(() -> referrals(gateway, EACH, 1));
                wall("enable");
                on.add(() -> referrals(gateway, EACH, 1));
                changing.add(() -> referrals(gateway, EACH, 20));
            }
            say("without the wall", off, off);
            say("behind it", on, off);
            say("behind it, another sender each time", changing, off);
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

    private static void say(String what, Cost cost, Cost than) {
        System.out.printf(
                Locale.ROOT,
                "CPU of an accepted referral %s: service and test client %.0f us, PostgreSQL %.0f us: %+.1f %%%n",
                what,
                cost.here / 1e3 / (ROUNDS * EACH),
                cost.there / 1e3 / (ROUNDS * EACH),
                100 * (cost.all() / than.all() - 1));
    }

    /** Nanoseconds of CPU, of this process and of the database's that serve it. */
    private final class Cost {
        private double here;
        private double there;

        void add(Runnable work) throws SQLException, IOException {
            long before = ofThisProcess();
            double database = ofTheDatabase();
            work.run();
            here += ofThisProcess() - before;
            there += ofTheDatabase() - database;
        }

        double all() {
            return here + there;
        }
    }

    private static long ofThisProcess() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private double ofTheDatabase() throws SQLException, IOException {
        double ticks = 0;
        try (var admin = TestServers.instance().superuser(url);
                var statement = admin.createStatement();
                var pids = statement.executeQuery("""
                        select pid from pg_stat_activity where datname = current_database() and usename = 'referral_app'
                        """)) {
            while (pids.next()) {
                var stat = Files.readString(Path.of("/proc", pids.getString(1), "stat"));
                var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return ticks * 1e7; // a hundred a second, on every platform that has /proc
    }
}
