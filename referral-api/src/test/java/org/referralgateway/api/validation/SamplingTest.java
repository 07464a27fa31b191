package org.referralgateway.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference validator costs a part of what arrives, and no more where more arrives. */
class SamplingTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock of the JVM may begin anywhere

    private int taken(Sampling sampling, int of) {
        int taken = 0;
        for (int i = 0; i < of; i++) {
            taken += sampling.takes() ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.01,10", "0.5,500", "1,1000"})
    void takesAPartOfThem(double part, int ofAThousand) {
        assertThat(taken(new Sampling(part, Duration.ZERO, nanos::get), 1000)).isEqualTo(ofAThousand);
    }

    @Test
    void takesNoMoreThanOneInATime() {
        var sampling = new Sampling(1, Duration.ofSeconds(10), nanos::get);

        assertThat(taken(sampling, 1000)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(taken(sampling, 1000)).isZero();
        nanos.incrementAndGet();
        assertThat(taken(sampling, 1000)).isEqualTo(1);
    }
}
