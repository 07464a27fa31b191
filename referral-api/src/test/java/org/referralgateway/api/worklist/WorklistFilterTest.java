package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.worklist.WorklistFilter.Position;

class WorklistFilterTest {

    @Test
    void leavesOutWhatMakesNoSense() {
        var filter = WorklistFilter.of("<script>", "everybody", "soonish", false, "Ärger", "1_2");

        assertThat(filter).isEqualTo(WorklistFilter.none());
        assertThat(filter.isEmpty()).isTrue();
        assertThat(filter.path()).isEqualTo("/worklist");
    }

    @Test
    void comesBackFromItsOwnAddress() {
        var place = new Position(2, 1_795_000_000_000_000L, UUID.fromString("01a203bd-23e6-719e-a0b8-c277dd9b852d"));
        var filter = WorklistFilter.of("triage", "mine", "urgent", true, "none", place.toString());

        assertThat(filter.after()).isEqualTo(place);
        assertThat(filter.path())
                .isEqualTo(
                        "/worklist?task=triage&owner=mine&priority=urgent&overdue=true&condition=none&after=" + place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x_y_z", "1_2_3", "1_99999999999999999999_01a203bd-23e6-719e-a0b8-c277dd9b852d"})
    void startsAtTheBeginningWhereThePlaceIsNone(String after) {
        assertThat(Position.of(after)).isNull();
    }
}
