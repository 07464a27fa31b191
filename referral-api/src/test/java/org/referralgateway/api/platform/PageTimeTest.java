package org.referralgateway.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTimeTest {

    private final PageTime time =
            new PageTime(Clock.fixed(Instant.parse("2026-11-22T23:30:00Z"), ZoneOffset.UTC), "Europe/Zurich");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1 second",
        "PT3S, 3 seconds",
        "PT5M59S, 5 min",
        "PT23H59M, 23 h",
        "PT24H, 1 day",
        "PT71H, 2 days",
    })
    void tellsAgesInTheLargestUnitThatSaysSomething(Duration length, String words) {
        assertThat(PageTime.length(length)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T23:45:00Z, today 00:45",
        "2026-11-24T08:30:00Z, tomorrow 09:30",
        "2026-11-22T22:45:00Z, 22 Nov",
        "2026-12-04T10:00:00Z, 4 Dec",
        "2027-01-04T10:00:00Z, 4 Jan 2027",
    })
    void tellsTargetsAsTheClinicWould(Instant due, String words) {
        assertThat(time.target(due)).isEqualTo(words);
    }

    @Test
    void writesInTheClinicsZone() {
        assertThat(time.exact(Instant.parse("2026-11-22T23:30:00.123Z"))).isEqualTo("2026-11-23 00:30:00.123");
    }
}
