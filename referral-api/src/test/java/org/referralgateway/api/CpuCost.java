package org.referralgateway.api;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** Adds up the nanoseconds of CPU that work takes: of this process, and of the database's processes that serve it. Linux only. */
final class CpuCost {

    private final String url;
    private double here;
    private double there;

    CpuCost(String databaseUrl) {
        this.url = databaseUrl;
    }

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

    /** One line for a person. */
    void say(String what, int referrals, CpuCost than) {
        System.out.printf(
                Locale.ROOT,
                "CPU of an accepted referral %s: service and test client %.0f us, PostgreSQL %.0f us: %+.1f %%%n",
                what,
                here / 1e3 / referrals,
                there / 1e3 / referrals,
                100 * (all() / than.all() - 1));
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
