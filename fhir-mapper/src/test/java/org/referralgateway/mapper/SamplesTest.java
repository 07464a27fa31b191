package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that the README offers are taken, and say what it says they do. */
class SamplesTest {

    static List<Path> samples() {
        return Payloads.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isTaken(Path sample) {
        var body = Payloads.bytes(sample);
        var checked = Payloads.CHECK.check(body);
        assertThat(checked.problems()).isEmpty();
        var submission = Payloads.submission(body, checked);
        assertThat(submission.issues()).isEmpty();

        assertThat(Payloads.mapped(submission)).isNotEmpty().allMatch(Mapped.Complete.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void mapsToTheSameEachTime(Path sample) {
        var body = Payloads.bytes(sample);

        assertThat(Payloads.mapped(Payloads.submission(body))).isEqualTo(Payloads.mapped(Payloads.submission(body)));
        assertThat(ContentHash.of(body)).isEqualTo(ContentHash.of(body.clone()));
    }

    @Test
    void theConditionGroupsAreThoseThatTheReadmeNames() {
        var groups = new TreeMap<String, List<String>>();
        for (var sample : samples()) {
            groups.put(
                    sample.getFileName().toString().substring(0, 2),
                    referrals(sample).stream()
                            .flatMap(referral -> referral.reasons().stream())
                            .map(Referral.Reason::conditionGroup)
                            .filter(Objects::nonNull)
                            .distinct()
                            .toList());
        }

        assertThat(groups)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("01", List.of("complex-regional-pain-syndrome-1")),
                        Map.entry("02", List.of("post-herpetic-neuralgia")),
                        Map.entry("03", List.of("chronic-migraine")),
                        Map.entry("04", List.of("phantom-limb-pain", "peripheral-nerve-injury")),
                        Map.entry("05", List.of("chemotherapy-induced-neuropathy")),
                        Map.entry("06", List.of("spinal-cord-injury-pain")),
                        Map.entry("07", List.of("fibromyalgia")),
                        Map.entry("08", List.of("other-neuropathic-pain")),
                        Map.entry("09", List.of("peripheral-nerve-injury", "other-neuropathic-pain")),
                        Map.entry("10", List.of()),
                        Map.entry("11", List.of("other-neuropathic-pain")),
                        Map.entry("12", List.of("other-neuropathic-pain")),
                        Map.entry("13", List.of("complex-regional-pain-syndrome-1")),
                        Map.entry("14", List.of("other-neuropathic-pain")),
                        Map.entry("15", List.of("other-neuropathic-pain"))));
    }

    @Test
    void theTwoPatientsOfTheNightlyBatchAreKeptApart() {
        var referrals = referrals(Path.of("../deploy/samples/04-phantom-limb-nightly-batch.json"));

        assertThat(referrals).hasSize(2);
        assertThat(referrals.get(1).treatments()).hasSize(1);
        assertThat(referrals.get(1).allergies()).isEmpty();
        assertThat(referrals.get(1).patient()).isNotEqualTo(referrals.get(0).patient());
        assertThat(referrals.get(0).lineage()).noneMatch(line -> line.source().startsWith("Bundle.entry[1]"));
        assertThat(referrals.get(1).lineage()).noneMatch(line -> line.source().startsWith("Bundle.entry[0]"));
        assertThat(referrals.get(1).issues())
                .noneMatch(issue -> issue.expression().startsWith("Bundle.entry[0]"));
    }

    private static List<Referral> referrals(Path sample) {
        return Payloads.mapped(Payloads.submission(Payloads.bytes(sample))).stream()
                .map(Mapped.Complete.class::cast)
                .map(Mapped.Complete::referral)
                .toList();
    }
}
