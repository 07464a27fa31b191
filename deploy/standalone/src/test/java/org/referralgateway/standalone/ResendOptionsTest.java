package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResendOptionsTest {
    private static final UUID REFERRAL = UUID.fromString("01a2048a-997f-7789-af0f-ccf53e85e80e");

    @ParameterizedTest
    @ValueSource(
            strings = {"01a2048a-997f-7789-af0f-ccf53e85e80e", "ServiceRequest/01a2048a-997f-7789-af0f-ccf53e85e80e"})
    void nameAReferralAsItsAddressDoes(String value) {
        assertThat(ResendOptions.parse(List.of("--referral", value)).referral()).isEqualTo(REFERRAL);
    }

    @Test
    void nameATimeWithItsZone() {
        var options = ResendOptions.parse(List.of("--since", "2026-11-20T08:00Z", "--until", "2026-11-20T10:00+01:00"));

        assertThat(options.since()).isEqualTo(OffsetDateTime.parse("2026-11-20T08:00:00Z"));
        assertThat(options.until()).isEqualTo(OffsetDateTime.parse("2026-11-20T09:00:00Z"));
    }

    @Test
    void takeTheLastDataFolder() {
        assertThat(ResendOptions.parse(
                                List.of("--data", "default", "--referral", REFERRAL.toString(), "--data", "mine"))
                        .data())
                .isEqualTo(Path.of("mine"));
    }

    @Test
    void refuseToMeanEverything() {
        assertThatThrownBy(() -> ResendOptions.parse(List.of("--topic", "referral.events.v1")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--since");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-20", "2026-11-20T08:00"})
    void refuseATimeThatCouldBeAnother(String value) {
        assertThatThrownBy(() -> ResendOptions.parse(List.of("--since", value)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--since needs a time with its zone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--referral", "--refferal", "now"})
    void refuseWhatTheyDoNotKnow(String argument) {
        assertThatThrownBy(() -> ResendOptions.parse(List.of(argument)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Usage");
    }
}
