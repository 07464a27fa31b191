package org.referralgateway.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.referralgateway.validation.FastCheck;
import org.referralgateway.validation.Guide;
import org.referralgateway.validation.ReferenceCheck;

/**
 * How long both checks take to be made and what they keep in memory. Run by {@code deploy/bench/footprint}. The heap is what
 * is left after collections; the definitions that HAPI has read belong to the reference.
 */
public final class ValidationFootprint {

    private static final int COLLECTIONS = 4;

    private ValidationFootprint() {}

    public static void main(String[] args) {
        var body = Payload.of(Payload.Shape.CONTAINED, "00000001", OffsetDateTime.parse("2026-11-22T10:00:00Z"))
                .get(1);
        say("before", 0, 0);
        long heap = heap();

        long started = System.nanoTime();
        var reference = new ReferenceCheck(Guide.shipped());
        say("reference made", System.nanoTime() - started, heap);

        started = System.nanoTime();
        reference.check(new String(body, StandardCharsets.UTF_8), List.of());
        say("reference asked once", System.nanoTime() - started, heap);

        heap = heap();
        started = System.nanoTime();
        var fast = FastCheck.shipped();
        say("fast check compiled", System.nanoTime() - started, heap);

        started = System.nanoTime();
        fast.check(body);
        say("fast check asked once", System.nanoTime() - started, heap);

        started = System.nanoTime();
        fast.check(body);
        say("fast check asked again", System.nanoTime() - started, heap);
        // Both are in use up to here, so that no collection takes them.
        System.out.println(fast.check(body).isAccepted() + " "
                + reference
                        .check(new String(body, StandardCharsets.UTF_8), List.of())
                        .size());
    }

    private static void say(String what, long nanos, long since) {
        long heap = heap();
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.1f ms, heap %7.1f MiB, %+7.1f MiB%n",
                what,
                nanos / 1e6,
                mib(heap),
                mib(heap - since));
    }

    private static double mib(long bytes) {
        return bytes / 1024.0 / 1024.0;
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
