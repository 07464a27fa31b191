package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of diagnoses, ICD's own among them. */
class RemissionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Multiple myeloma in remission | true",
                "Opioid dependence, in remission | true",
                "AML in kompletter Remission | true",
                "Multiple myeloma not having achieved remission | false",
                "Plasmozytom: Ohne Angabe einer kompletten Remission | false",
                "Myeloid leukaemia, without mention of remission | false",
                "AML in relapse, previously in remission | false",
                "Opioid dependence, not in remission | false",
                "keine Remission | false",
                "Multiple myeloma | false",
            })
    void isSaidOfADiagnosis(String name, boolean isSaid) {
        assertThat(Remission.isSaidIn(Tokens.of(name))).isEqualTo(isSaid);
    }
}
