package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.vault.ErasureReason;

class EraseOptionsTest {

    private static final String ID = "0199f2d0-5c00-7000-8000-000000000001";

    @Test
    void takesReferralsAndAReason() {
        var options = EraseOptions.parse(
                List.of("ServiceRequest/" + ID, ID, "--reason", "person-asked", "--yes", "--external"));
        assertThat(options.referrals()).containsExactly(UUID.fromString(ID), UUID.fromString(ID));
        assertThat(options.reason()).isEqualTo(ErasureReason.PERSON_ASKED);
        assertThat(options.external()).isTrue();
    }

    @Test
    void refusesWithoutReferralReasonOrCertainty() {
        assertThatThrownBy(() -> EraseOptions.parse(List.of("--reason", "person-asked", "--yes")))
                .hasMessageContaining("which referral");
        assertThatThrownBy(() -> EraseOptions.parse(List.of(ID, "--yes"))).hasMessageContaining("why");
        assertThatThrownBy(() -> EraseOptions.parse(List.of(ID, "--reason", "because", "--yes")))
                .hasMessageContaining("no reason because");
        assertThatThrownBy(() -> EraseOptions.parse(List.of(ID, "--reason", "person-asked")))
                .hasMessageContaining("cannot be undone");
        assertThatThrownBy(() -> EraseOptions.parse(List.of("--what", "--yes"))).hasMessageContaining("--what");
    }
}
