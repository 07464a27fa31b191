package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void needNothingToBeGiven() {
        var options = Options.parse();

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.data()).isEqualTo(Path.of(".data"));
        assertThat(options.demo()).isFalse();
        assertThat(options.external()).isFalse();
    }

    @Test
    void areTakenFromTheCommandLine() {
        var options = Options.parse("--port", "9090", "--data", "/var/lib/gateway", "--demo");

        assertThat(options.port()).isEqualTo(9090);
        assertThat(options.data()).isEqualTo(Path.of("/var/lib/gateway"));
        assertThat(options.demo()).isTrue();
    }

    @Test
    void handSpringsOwnSettingsOn() {
        assertThat(Options.parse("--external", "--spring.datasource.url=jdbc:postgresql://db/referral?ssl=true")
                        .forSpring())
                .containsExactly(Map.entry("spring.datasource.url", "jdbc:postgresql://db/referral?ssl=true"));
    }

    @Test
    void putARehearsalOnAnyPort() {
        var options = Options.parse("--rehearse", "--data", "elsewhere").on(4711);

        assertThat(options.rehearsal()).isTrue();
        assertThat(options.port()).isEqualTo(4711);
        assertThat(options.data()).isEqualTo(Path.of("elsewhere"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "8080", "--port=8080", "-h"})
    void refuseWhatTheyDoNotKnow(String argument) {
        assertThatThrownBy(() -> Options.parse(argument))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(argument)
                .hasMessageContaining("Usage");
    }

    @Test
    void refuseASecondWayToNameThePort() {
        assertThatThrownBy(() -> Options.parse("--server.port=9090"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65535", "-1", "http"})
    void refuseAPortThatLeavesNoneForTheNext(String port) {
        assertThatThrownBy(() -> Options.parse("--port", port)).isInstanceOf(CannotStart.class);
    }

    @Test
    void refuseAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> Options.parse("--data"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--data needs a value");
    }
}
