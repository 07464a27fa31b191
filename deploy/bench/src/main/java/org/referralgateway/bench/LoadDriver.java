package org.referralgateway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends referrals at a constant rate, never slowed by the answers, and reports what the gateway made of them. Started by
 * deploy/bench/load.
 */
public final class LoadDriver {

    private LoadDriver() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    /** 0: all measured requests were accepted. 1: some were not. 2: nothing was measured. */
    private static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            out.print(LoadOptions.USAGE);
            return 0;
        }
        try {
            LoadOptions options = LoadOptions.parse(arguments, System.getenv("BENCH_AUTHORIZATION"));
            String run = "%08x".formatted(new SecureRandom().nextInt());
            Payload payload = Payload.of(options.payload(), run, OffsetDateTime.now(ZoneOffset.UTC));
            if (options.printPayload()) {
                out.println(new String(payload.get(0), StandardCharsets.UTF_8));
                return 0;
            }
            try (Headers headers = Headers.of(options)) {
                greet(options, headers);
                LoadReport report = new LoadRun(options, headers, payload).measure();
                out.print(report.text());
                write(report, options);
                return report.accepted() == report.offered() ? 0 : 1;
            }
        } catch (LoadOptions.Refused e) {
            err.println(e.getMessage() + " --help lists the options.");
        } catch (IOException e) {
            err.println(e.getMessage());
        }
        return 2;
    }

    private static void greet(LoadOptions options, Headers headers) throws IOException {
        try (Connection connection = new Connection(options.base(), headers, Duration.ofSeconds(10))) {
            connection.get("/metadata");
        } catch (IOException e) {
            throw new IOException("Nothing answers GET " + options.base() + "/metadata: " + e.getMessage(), e);
        }
    }

    private static void write(LoadReport report, LoadOptions options) throws IOException {
        var json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Optional<Path> file = options.json();
        if (file.isPresent()) {
            Files.write(file.get(), json.writeValueAsBytes(report));
        }
    }
}
