package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTextTest {

    private static PayloadText of(String body) {
        return PayloadText.of(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void indentsAndChangesNothingElse() {
        var text = of("{\"value\":1.50,\"big\":12345678901234567890.10,\"value\":\"é<b>\"}")
                .text();

        assertThat(text).contains("1.50", "12345678901234567890.10", "é<b>").containsPattern("(?s)value.*value");
        assertThat(text.lines()).hasSize(5);
    }

    @Test
    void showsWhatIsNoJsonAsItIs() {
        assertThat(of("{\"a\": 1, oops").text()).isEqualTo("{\"a\": 1, oops");
    }

    @Test
    void saysWhereThereIsMore() {
        var much = of("\"" + "x".repeat(PayloadText.SHOWN + 1) + "\"");

        assertThat(much.isCut()).isTrue();
        assertThat(much.text()).hasSize(PayloadText.SHOWN);
        assertThat(of("{}").isCut()).isFalse();
    }
}
