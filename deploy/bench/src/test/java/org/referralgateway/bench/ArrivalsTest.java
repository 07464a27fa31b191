package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(1_000, 3, 2, 4);

    @Test
    void areEvenlySpacedFromTheFirst() {
        assertThat(arrivals.dueNanos(0)).isEqualTo(1_000);
        assertThat(arrivals.dueNanos(1)).isEqualTo(333_334_333);
        assertThat(arrivals.dueNanos(3)).isEqualTo(1_000_001_000);
    }

    @Test
    void areMeasuredAfterTheWarmup() {
        assertThat(arrivals.count()).isEqualTo(18);
        assertThat(arrivals.isMeasured(5)).isFalse();
        assertThat(arrivals.isMeasured(6)).isTrue();
        assertThat(arrivals.measuredFromNanos()).isEqualTo(2_000_001_000);
        assertThat(arrivals.endNanos()).isEqualTo(6_000_001_000L);
    }

    @Test
    void doNotDriftInALongRun() {
        var day = new Arrivals(0, 7, 0, 86_400);

        assertThat(day.dueNanos(day.count())).isEqualTo(86_400_000_000_000L);
    }
}
