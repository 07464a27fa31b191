package org.referralgateway.api.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.validation.ReferencePool.Outcome;
import org.springframework.util.unit.DataSize;

/** Whoever asks waits no longer than the limit, and after those who asked too much the pool serves again. */
class ReferencePoolTest {

    private static final Duration LIMIT = Duration.ofMillis(400);

    private static final byte[] SMALL =
            "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/1\"}}"
                    .getBytes(UTF_8);

    /** Some seconds of work for the validator, in small steps. */
    private static final byte[] LARGE = ("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                    + IntStream.range(0, 3000)
                            .mapToObj(i ->
                                    "{\"fullUrl\":\"http://ehr.example/Observation/o%d\",\"resource\":".formatted(i)
                                            + "{\"resourceType\":\"Observation\",\"id\":\"o%d\",\"status\":\"final\","
                                                    .formatted(i)
                                            + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-6\"}]},"
                                            + "\"subject\":{\"reference\":\"Patient/1\"}}}")
                            .collect(Collectors.joining(","))
                    + "]}")
            .getBytes(UTF_8);

    @BeforeAll
    static void warm() throws InterruptedException {
        Validators.makeFast().join();
        Validators.reference().join();
    }

    private static ReferencePool pool(int threads, int queue) {
        return new ReferencePool(
                new ValidationSettings(true, List.of(), 0, LIMIT, threads, queue, LIMIT, DataSize.ofMegabytes(2)));
    }

    @Test
    void aCheckThatTakesTooLongIsGivenUpInTime() {
        var pool = pool(1, 20);
        var started = System.nanoTime();

        assertThat(pool.check(LARGE, List.of())).isInstanceOf(Outcome.TooCostly.class);

        // the limit for a place and the limit for the check, and a busy machine's share
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LIMIT.multipliedBy(10));
    }

    @Test
    void manySuchChecksAtOnceHoldNobodyAndThePoolServesAgain() throws Exception {
        var pool = pool(2, 4);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> pool.check(LARGE, List.of()), callers))
                    .toList();
            for (var answer : asked) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isNotInstanceOf(Outcome.Done.class);
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pool.check(SMALL, List.of())).isInstanceOf(Outcome.Done.class));
    }

    @Test
    void whatIsTooLargeIsNotLookedAt() {
        var pool = new ReferencePool(
                new ValidationSettings(true, List.of(), 0, LIMIT, 1, 20, LIMIT, DataSize.ofBytes(SMALL.length - 1)));

        assertThat(pool.check(SMALL, List.of())).isInstanceOf(Outcome.TooCostly.class);
    }
}
