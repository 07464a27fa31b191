package org.referralgateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The header lines that go with every request. A bearer token lives for minutes and a run may be longer: a command that prints
 * one is run again in time, beside the run, so that no request waits for it.
 */
final class Headers implements Supplier<String>, AutoCloseable {

    private static final long GOOD_FOR_MILLIS = 200_000;

    private final String fixed;
    private final Thread renewal;
    private volatile String lines;

    private Headers(LoadOptions options) {
        this.fixed = options.headerLines();
        this.lines = fixed;
        this.renewal = Thread.ofPlatform().daemon().name("token").unstarted(() -> renew(options));
    }

    static Headers of(LoadOptions options) throws IOException, InterruptedException {
        var headers = new Headers(options);
        if (options.tokenCommand().isPresent()) {
            headers.ask(options.tokenCommand().get());
            headers.renewal.start();
        }
        return headers;
    }

    @Override
    public String get() {
        return lines;
    }

    private void renew(LoadOptions options) {
        try {
            while (true) {
                Thread.sleep(GOOD_FOR_MILLIS);
                ask(options.tokenCommand().orElseThrow());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println(e.getMessage()); // and the answers will be 401, which the report counts
        }
    }

    private void ask(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.strip().split("\\s+"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String token;
        try (var out = process.getInputStream()) {
            token = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
        if (process.waitFor() != 0 || token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IOException("--token-command gave no token.");
        }
        lines = fixed + "Authorization: Bearer " + token + "\r\n";
    }

    @Override
    public void close() {
        renewal.interrupt();
    }
}
