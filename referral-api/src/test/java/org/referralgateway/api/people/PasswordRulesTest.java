package org.referralgateway.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    private static final PasswordRules RULES = new PasswordRules(12);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Tr0ub4dor&3",
                "password1234",
                "Password123!",
                "qwertyuiop123",
                "aaaaaaaaaaaaaaaa",
                "123456789012",
                "mlopez-mlopez",
                "Maria Lopez 1",
                "referral gateway",
                "letmeinletmein"
            })
    void whatSomebodyWouldTryFirstIsRefused(String password) {
        assertThat(RULES.problems(password, "mlopez", "Maria Lopez")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "violet tractor seldom hums",
                "grüne Laternen schweben leise",
                "x7$kQ9!mW2pZ",
                "七つの緑のランタンが静かに浮かんでいる"
            })
    void anyOtherLongOneWillDoWhateverItIsMadeOf(String password) {
        assertThat(RULES.problems(password, "mlopez", "Maria Lopez")).isEmpty();
    }

    @Test
    void alsoAVeryLongOneIsJudgedAtOnce() {
        assertThat(RULES.problems("violet tractor seldom hums ".repeat(7), "mlopez", "Maria Lopez"))
                .isEmpty();
        assertThat(RULES.problems("x".repeat(201), "mlopez", "Maria Lopez")).hasSize(1);
    }
}
