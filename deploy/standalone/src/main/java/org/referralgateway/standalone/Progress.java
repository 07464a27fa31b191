package org.referralgateway.standalone;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person at the terminal what happens, and how long it took. */
final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void step(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }

    void say(String text) {
        out.println(text);
    }
}
