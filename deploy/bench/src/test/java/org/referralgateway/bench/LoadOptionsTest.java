package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.bench.CpuClock.Watched;
import org.referralgateway.bench.LoadOptions.Refused;
import org.referralgateway.bench.Payload.Shape;

class LoadOptionsTest {

    @Test
    void loadThisMachineByDefault() throws Refused {
        LoadOptions options = LoadOptions.parse(new String[0], null);

        assertThat(options.base()).hasToString("http://127.0.0.1:8080/fhir");
        assertThat(options.rate()).isEqualTo(200);
        assertThat(options.seconds()).isEqualTo(30);
        assertThat(options.warmup()).isEqualTo(20);
        assertThat(options.payload()).isEqualTo(Shape.CONTAINED);
        assertThat(options.inFlight()).isEqualTo(2_000);
        assertThat(options.headers()).isEmpty();
    }

    @Test
    void nameTheProcessesToWatch() throws Refused {
        LoadOptions options =
                LoadOptions.parse(new String[] {"--pids", "service=11,12", "--payload=bundle20k"}, "Bearer x");

        assertThat(options.watched()).containsExactly(new Watched("service", 11), new Watched("pid 12", 12));
        assertThat(options.payload()).isEqualTo(Shape.BUNDLE20K);
        assertThat(options.headers()).containsExactly("Authorization: Bearer x");
    }

    @ParameterizedTest
    @CsvSource({
        "--rate=0, 1 to 50000",
        "--rate=x, 1 to 50000",
        "--payload=big, bundle20k",
        "--base=http://192.0.2.1/fhir, --remote",
        "--base=ftp://127.0.0.1/fhir, http://host",
        "--task-query=Task, {id}",
        "--pids=java, process ids",
        "--header=nothing, Name: value",
        "--speed=9, no option",
        "--rate, needs a value"
    })
    void sayWhatToGiveInstead(String argument, String advice) {
        assertThatThrownBy(() -> LoadOptions.parse(new String[] {argument}, null))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(advice);
    }
}
