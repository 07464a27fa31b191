package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.referralgateway.events.EventType;
import org.referralgateway.events.TaskStatus;
import org.referralgateway.events.Urgency;
import org.referralgateway.mapper.Referral;

/** Every code that the gateway itself uses has words for people. */
class LabelsTest {

    private final Labels labels;

    LabelsTest() throws IOException {
        labels = new Labels();
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryStatus(TaskStatus status) {
        assertThat(labels.all("status")).containsKey(status.code());
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryPriority(Urgency urgency) {
        assertThat(labels.all("priority")).containsKey(urgency.code());
    }

    @ParameterizedTest
    @EnumSource
    void namesWhetherADrugIsTakenNow(Referral.Course course) {
        assertThat(labels.all("course")).containsKey(course.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryEvent(EventType type) {
        assertThat(labels.all("event")).containsKey(type.wireName());
    }

    @Test
    void namesEveryTaskOfTheDefaultPathway() throws IOException {
        var pathway = Files.readString(Path.of("src/main/resources/pathways/default.yaml"));
        var opened =
                Pattern.compile("opens: ([a-z-]+)").matcher(pathway).results().map(found -> found.group(1));
        assertThat(opened)
                .isNotEmpty()
                .allSatisfy(code -> assertThat(labels.all("task")).containsKey(code));
    }

    @Test
    void spellsOutWhatHasNoLabel() {
        assertThat(labels.of("task", "call-the-patient")).isEqualTo("Call the patient");
        assertThat(labels.of("no-such-kind", "x")).isEqualTo("X");
    }

    /** Reasons go into events, whose schema allows codes only. */
    @Test
    void declinesWithCodesOnly() {
        assertThat(labels.all("decline-reason").keySet()).allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(labels.all("item").keySet()).allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }
}
