package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;

class TrialTextTest {

    private static final ClinicalTables TABLES = ClinicalTables.shipped();
    private static final ClinicalPolicy POLICY = ClinicalPolicy.load(null, TABLES);
    private static final Profile DEFAULT = POLICY.resistance().byDefault();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no relief",
                "No significant relief",
                "ineffective",
                "Not effective",
                "not helpful",
                "did not help",
                "didn’t help",
                "has not helped",
                "lack of efficacy",
                "minimal benefit",
                "no longer effective",
                "stopped working after a few months",
                "pain persisted",
                "20% better",
                "29% pain relief",
                "less than 30% relief",
                "<30% improvement",
                "pain reduced by only 10 %",
                "15-25% relief",
                "NRS from 8 to 7",
                "pain 8/10 to 6/10",
                "40% relief but pain still 6/10",
                "pain still 7/10 on this dose",
                "Failed",
                "unsuccessful trial",
                "no side effects, but no relief",
                "initially helped, then stopped working",
            })
    void saysThatReliefWasNotEnough(String text) {
        assertThat(TrialText.of(text, TABLES.outcomes()).hasHelped(DEFAULT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good relief",
                "helped",
                "very helpful",
                "30% better",
                "50 % pain relief",
                "more than 30% improvement",
                "relief of about 60%",
                "pain fell from 8/10 to 3/10",
                "effective",
                "well controlled",
            })
    void saysThatItHelped(String text) {
        assertThat(TrialText.of(text, TABLES.outcomes()).hasHelped(DEFAULT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "partial relief",
                "some benefit",
                "20-40% relief",
                "increase from 2 to 4 tablets",
                "increased from 3 to 6",
                "review on 3/10/2026",
                "pain 3/10",
                "patient preference",
                "stopped due to cost",
                "mother was helped by it",
                "5% lidocaine plaster",
            })
    void saysNothingOfItsEffect(String text) {
        assertThat(TrialText.of(text, TABLES.outcomes()).hasHelped(DEFAULT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not tolerated",
                "side effects",
                "intolerable nausea",
                "could not tolerate",
                "unable to tolerate due to drowsiness",
                "adverse reaction",
                "poorly tolerated",
                "intolerance",
            })
    void saysThatItWasNotTolerated(String text) {
        assertThat(TrialText.of(text, TABLES.outcomes()).says(Sign.NOT_TOLERATED))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no side effects",
                "without side effects",
                "well tolerated",
                "denies side effects",
                "no adverse effects"
            })
    void saysThatItWasTolerated(String text) {
        assertThat(TrialText.of(text, TABLES.outcomes()).says(Sign.NOT_TOLERATED))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "maximum tolerated dose 900 mg",
        "could not tolerate higher doses",
        "titrated to tolerance",
        "unable to increase further",
    })
    void saysThatNoMoreWasTolerated(String text) {
        var said = TrialText.of(text, TABLES.outcomes());

        assertThat(said.says(Sign.HIGHEST_DOSE)).isTrue();
        assertThat(said.says(Sign.NOT_TOLERATED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"49% relief, false", "50% relief, true"})
    void theItalianProfileAsksForHalf(String text, boolean helped) {
        var italian = POLICY.resistance().all().stream()
                .filter(profile -> profile.name().equals("pharmacoresistant-italian"))
                .findFirst()
                .orElseThrow();

        assertThat(TrialText.of(text, TABLES.outcomes()).hasHelped(italian)).isEqualTo(helped);
    }
}
