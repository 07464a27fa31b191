package org.referralgateway.api.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.assessment.Pathway.Trigger;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.Conclusions.Answer;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Certainty;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.events.Urgency;

/** What a clinic may write into its pathway, and what it means. */
class PathwayFileTest {

    private static final Basis BASIS = new Basis("rule", List.of(), List.of());

    private static Pathway.Rule rule(String when, String due) {
        return rule(when, due, "referral-received");
    }

    private static Pathway.Rule rule(String when, String due, String on) {
        return PathwayFile.read("pathway.yaml", new StringReader("""
                        version: mine
                        time-zone: UTC
                        rules:
                          - name: a
                            on: %s
                            when: %s
                            opens: triage
                            owner: coordinator
                            due: %s
                        """.formatted(on, when, due)))
                .rules()
                .getFirst();
    }

    private static boolean holds(String when, ReferralFacts facts) {
        return rule(when, "7 days").when().holds(new When.Case(facts, false, false));
    }

    private static ReferralFacts facts(@Nullable Conclusions conclusions) {
        return new ReferralFacts(
                "bare-service-request",
                Urgency.ROUTINE,
                false,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new ReferralFacts.CompletenessItem("ecg", "conditional", "missing"),
                        new ReferralFacts.CompletenessItem("weight", "preferred", "stale"),
                        new ReferralFacts.CompletenessItem("allergies", "required", "present")),
                0,
                List.of(),
                conclusions);
    }

    private static Conclusions conclusions(@Nullable String mme, boolean complete) {
        return new Conclusions(
                "1",
                new Conclusions.Indication("fibromyalgia", null, Certainty.TO_CONFIRM, List.of(), BASIS),
                List.of(),
                new Conclusions.Resistance("clinic-default", Answer.UNCLEAR, List.of()),
                List.of(
                        new Conclusions.ScreeningFinding("pregnancy", ScreeningLevel.HOLD, null, null, BASIS),
                        new Conclusions.ScreeningFinding("hepatic-disease", ScreeningLevel.REVIEW, null, null, BASIS),
                        new Conclusions.ScreeningFinding("porphyria", ScreeningLevel.NOT_ASSESSED, null, null, BASIS),
                        new Conclusions.ScreeningFinding(
                                "bladder-disease", ScreeningLevel.INFORMATION, null, null, BASIS)),
                List.of(new Conclusions.RedFlag("suicidality", BASIS)),
                new Conclusions.OpioidDose(mme == null ? null : new BigDecimal(mme), complete, List.of(), BASIS),
                new Conclusions.Triage(TriageLevel.SOON, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "always | true",
                "{screening: [pregnancy]} | true",
                "{screening: hepatic-disease} | true",
                "{screening: [porphyria, bladder-disease]} | false",
                "{resistance: [unclear, not-met]} | true",
                "{resistance: [met]} | false",
                "{certainty: [to-confirm]} | true",
                "{certainty: [coded, none]} | false",
                "{red-flag: any} | true",
                "{red-flag: [sepsis]} | false",
                "{red-flag: [sepsis, suicidality]} | true",
                "{level: [soon]} | true",
                "{level: [urgent, routine]} | false",
                "{missing: [ecg]} | true",
                "{missing: [weight]} | true",
                "{missing: [allergies, onset]} | false",
                "{opioid-dose: 50} | true",
                "{opioid-dose: 51} | false",
                "[{level: [urgent]}, {red-flag: any}] | true",
                "[{level: [urgent]}, {red-flag: [sepsis]}] | false",
                "possible-duplicate | false"
            })
    void aConditionHoldsForWhatTheRulesConcluded(String when, boolean expected) {
        assertThat(holds(when, facts(conclusions("50", true)))).isEqualTo(expected);
    }

    @Test
    void anOpioidDoseThatIsNotKnownIsLookedAt() {
        assertThat(holds("{opioid-dose: 50}", facts(conclusions("10", false)))).isTrue();
        assertThat(holds("{opioid-dose: 50}", facts(conclusions(null, true)))).isFalse();
    }

    @Test
    void aPossibleDuplicateIsAConditionOfItsOwn() {
        var when = rule("possible-duplicate", "7 days").when();
        assertThat(when.holds(new When.Case(facts(null), false, true))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{screening: [pregnancy]}",
                "{resistance: [unclear, not-met, met]}",
                "{certainty: [coded, to-confirm, none]}",
                "{red-flag: any}",
                "{level: [soon, routine]}",
                "{opioid-dose: 0}"
            })
    void whatWasNeverConcludedHoldsNever(String when) {
        assertThat(holds(when, facts(null))).isFalse();
    }

    @Test
    void oneRuleMayAnswerToSeveralEvents() {
        assertThat(rule("always", "7 days", "[referral-received, referral-amended]")
                        .on())
                .containsExactlyInAnyOrder(Trigger.REFERRAL_RECEIVED, Trigger.REFERRAL_AMENDED);
    }

    @ParameterizedTest
    @EnumSource
    void dueMayDependOnTheLevel(TriageLevel level) {
        var due = rule(
                        "always",
                        "{emergency-redirect: 1 hour, urgent: 2 hours, soon: 3 hours, routine: 4 hours, deferred: 5 hours,"
                                + " redirect: 6 hours}")
                .due();
        assertThat(due.of(Urgency.STAT, level).amount()).isEqualTo(level.ordinal() + 1);
    }

    @ParameterizedTest
    @EnumSource
    void dueMayDependOnTheUrgency(Urgency urgency) {
        var due = rule("always", "{routine: 1 hour, urgent: 2 hours, asap: 3 hours, stat: 4 hours}")
                .due();
        assertThat(due.of(urgency, TriageLevel.SOON).amount()).isEqualTo(urgency.ordinal() + 1);
    }

    @ParameterizedTest
    @CsvSource({"STAT, URGENT", "ASAP, URGENT", "URGENT, SOON", "ROUTINE, ROUTINE"})
    void withoutConclusionsTheUrgencySaysTheLevel(Urgency urgency, TriageLevel level) {
        assertThat(HowSoon.of(urgency, null).level()).isEqualTo(level);
        assertThat(HowSoon.of(urgency, TriageLevel.DEFERRED).level()).isEqualTo(TriageLevel.DEFERRED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when: sometimes | line 6, column 11: when must be one of",
                "when: {screening: []} | there is no value in this list",
                "when: {resistance: [maybe]} | must be one of met, not-met, unclear",
                "when: {level: [sooner]} | must be one of emergency-redirect",
                "when: {opioid-dose: much} | must be a whole number",
                "when: {moon: full} | is no condition",
                "when: [] | the list of conditions is empty",
                "when: {red-flag: any, level: [soon]} | a condition is one of",
                "on: [referral-received, never] | on must be one of",
                "on: [] | on is missing or empty",
                "due: {urgent: 1 hour, soon: 2 hours} | due for emergency-redirect",
                "due: {urgent: 1 hour, stat: 2 hours} | due for routine",
                "due: soon | must be such as 4 hours"
            })
    void everyMistakeIsNamedWithItsPlace(String line, String message) {
        var key = line.substring(0, line.indexOf(':'));
        var rule =
                """
                version: mine
                time-zone: UTC
                rules:
                  - name: a
                    on: referral-received
                    when: always
                    opens: triage
                    owner: coordinator
                    due: 7 days
                """.replaceFirst("(?m)^    " + key + ": .*$", "    " + java.util.regex.Matcher.quoteReplacement(line));
        assertThatThrownBy(() -> PathwayFile.read("pathway.yaml", new StringReader(rule)))
                .hasMessageContaining("pathway.yaml, line ")
                .hasMessageContaining(message);
    }

    @Test
    void theDefaultPathwayOpensATaskForEveryItemOfTheScreeningTableThatCanHold() throws IOException {
        var pathway = Files.readString(Path.of("src/main/resources/pathways/default.yaml"));
        var table = Files.readAllLines(Path.of("../fhir-mapper/src/main/resources/clinical/screening.csv"));
        var items = table.stream()
                .skip(1)
                .filter(line -> line.contains(",absolute,") || line.contains(",relative,"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .distinct()
                .toList();
        assertThat(items).isNotEmpty().allSatisfy(item -> assertThat(pathway).contains(item));
    }
}
