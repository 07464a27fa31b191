package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer says of its question: a danger is not answered away by what is no clear no. */
class AnswersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | YES",
                "Yes, daily | YES",
                "true | YES",
                "Ja | YES",
                "Several days | YES",
                "2 | YES",
                "high | YES",
                "no | NO",
                "No. | NO",
                "false | NO",
                "0 | NO",
                "0.0 | NO",
                "Not at all | NO",
                "never | NO",
                "nein | NO",
                "Not pregnant | NO",
                "No longer | SHORT",
                "not sure | UNKNOWN",
                "No, but thinks of it every day | OTHER",
                "Unknown | UNKNOWN",
                "n/a | UNKNOWN",
                "not asked | UNKNOWN",
                "12 weeks | SHORT",
                "noticed by her husband | SHORT",
                "He has been drinking a bottle of wine every evening | OTHER",
            })
    void saysOfItsQuestion(String answer, Answers said) {
        assertThat(Answers.of(answer)).isEqualTo(said);
    }
}
