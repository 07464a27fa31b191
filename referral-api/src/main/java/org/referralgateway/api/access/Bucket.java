package org.referralgateway.api.access;

import java.util.concurrent.TimeUnit;

/** What fills at a constant rate up to a limit, and is taken from. */
final class Bucket {

    private final double perSecond;
    private final double most;
    private double level;
    private long at = System.nanoTime();

    Bucket(double perSecond, double most) {
        this.perSecond = perSecond;
        this.most = most;
        this.level = most;
    }

    /** Takes that much, or nothing: then it says in how many seconds there will be enough. */
    synchronized double take(double amount) {
        fill();
        if (level < amount) {
            return (amount - level) / perSecond;
        }
        level -= amount;
        return 0;
    }

    /** How long until it is no longer in debt. */
    synchronized double secondsUntilAny() {
        fill();
        return level > 0 ? 0 : -level / perSecond + 0.001;
    }

    /** Takes what was used already; that may leave it in debt. */
    synchronized void use(double amount) {
        fill();
        level -= amount;
    }

    private void fill() {
        long now = System.nanoTime();
        level = Math.min(most, level + perSecond * (now - at) / TimeUnit.SECONDS.toNanos(1));
        at = now;
    }
}
