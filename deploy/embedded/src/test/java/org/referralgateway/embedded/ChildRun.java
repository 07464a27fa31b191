package org.referralgateway.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A main class in a JVM of its own, to be killed. */
final class ChildRun implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;

    private ChildRun(Process process) {
        this.process = process;
    }

    static ChildRun of(Class<?> main, Path argument) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), main.getName(), argument.toString());
        return new ChildRun(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** For the main class: tells the parent, and then waits to be killed. */
    static void readyAndWait() throws InterruptedException {
        System.out.println(READY);
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }

    void awaitReady() throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("The child ended before it was ready.");
            }
        }
    }

    /** As {@code kill -9} does: no shutdown hook, no finally. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
