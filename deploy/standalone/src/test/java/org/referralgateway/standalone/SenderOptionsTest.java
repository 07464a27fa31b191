package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderOptionsTest {
    @Test
    void callTheClientLikeItsSenderUnlessToldOtherwise() {
        var options = SenderOptions.parse(List.of("add", "hill-practice", "--jwks", "keys.json"));

        assertThat(options.client()).isEqualTo("hill-practice");
        assertThat(options.organisation()).isEqualTo("hill-practice");
        assertThat(options.jwks()).isEqualTo(Path.of("keys.json"));
        assertThat(options.scopes()).isEqualTo(SenderOptions.USUAL_SCOPES);
    }

    @Test
    void takeEverythingFromTheCommandLine() {
        var options = SenderOptions.parse(List.of(
                "add",
                "--data",
                "default",
                "hill",
                "--client",
                "hill-test",
                "--organisation",
                "Hill Practice",
                "--jwks-url",
                "https://hill.example/keys",
                "--scopes",
                "system/ServiceRequest.cru, system/Task.rs",
                "--strict",
                "--data",
                "mine",
                "--base-url",
                "https://clinic.example/"));

        assertThat(options.client()).isEqualTo("hill-test");
        assertThat(options.organisation()).isEqualTo("Hill Practice");
        assertThat(options.scopes()).containsExactly("system/ServiceRequest.cru", "system/Task.rs");
        assertThat(options.strict()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of("mine"));
        assertThat(options.baseUrl()).isEqualTo("https://clinic.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a b", "-x", "a/b", "", "a..", "x\ny"})
    void refuseANameThatCouldBeAPath(String name) {
        assertThatThrownBy(() -> SenderOptions.parse(List.of("add", name, "--generate-key")))
                .isInstanceOf(CannotStart.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"system/ServiceRequest.rc", "user/Task.r", "system/Task", "system/Task.", "system/Task.x"})
    void refuseWhatIsNoScope(String scope) {
        assertThatThrownBy(() -> SenderOptions.parse(List.of("add", "hill", "--generate-key", "--scopes", scope)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is no scope");
    }

    @Test
    void wantToKnowWhereTheKeysAreInOneWay() {
        assertThatThrownBy(() -> SenderOptions.parse(List.of("add", "hill"))).isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> SenderOptions.parse(
                        List.of("add", "hill", "--generate-key", "--jwks-url", "https://hill.example/keys")))
                .isInstanceOf(CannotStart.class);
    }

    @Test
    void ofATokenNeedNothingToBeGiven() {
        var options = TokenOptions.parse(List.of());

        assertThat(options.sender()).isEqualTo("demo");
        assertThat(options.web()).isNull();
    }

    @Test
    void ofATokenNameTheGatewayByPortOrAddress() {
        assertThat(TokenOptions.parse(List.of("--port", "9090", "hill")).web()).isEqualTo("http://127.0.0.1:9090");
        assertThat(TokenOptions.parse(List.of("--base", "https://clinic.example/fhir/"))
                        .web())
                .isEqualTo("https://clinic.example");
    }
}
