package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void sayZeroWhenNothingWasRecorded() {
        assertThat(latencies.percentile(99)).isZero();
        assertThat(latencies.max()).isZero();
    }

    @Test
    void takeTheNearestRank() {
        for (int micros = 1; micros <= 100; micros++) {
            latencies.record(Duration.ofNanos(micros * 1_000L).toNanos());
        }

        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofNanos(50_000));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofNanos(99_000));
        assertThat(latencies.percentile(99.1)).isEqualTo(Duration.ofNanos(100_000));
        assertThat(latencies.percentile(100)).isEqualTo(latencies.max());
    }

    @Test
    void showOneStallAmongMany() {
        for (int i = 0; i < 98; i++) {
            latencies.record(Duration.ofMillis(2).toNanos());
        }
        latencies.record(Duration.ofSeconds(3).toNanos());
        latencies.record(Duration.ofSeconds(3).toNanos());

        assertThat(latencies.percentile(98)).isLessThan(Duration.ofMillis(3));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 127, 128, 129, 255, 256, 1_000, 65_535, 1_000_000, 3_600_000_000L, Long.MAX_VALUE / 1_000})
    void roundUpByLessThanOnePercent(long micros) {
        long rounded = Latencies.lastOf(Latencies.bucketOf(micros));

        assertThat(rounded).isGreaterThanOrEqualTo(micros);
        assertThat((double) (rounded - micros)).isLessThanOrEqualTo(micros * 0.01);
    }

    @Test
    void bucketsFollowEachOther() {
        for (int bucket = 0; bucket < 3_000; bucket++) {
            assertThat(Latencies.bucketOf(Latencies.lastOf(bucket))).isEqualTo(bucket);
            assertThat(Latencies.bucketOf(Latencies.lastOf(bucket) + 1)).isEqualTo(bucket + 1);
        }
    }
}
