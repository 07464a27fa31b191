package org.referralgateway.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.referralgateway.api.people.Passwords.Look;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void tellsTheRightPasswordFromAnother() {
        var password = passwords.generated();
        var hash = passwords.hash(password);
        assertThat(passwords.look(password, hash)).isEqualTo(Look.RIGHT);
        assertThat(passwords.look(password + "x", hash)).isEqualTo(Look.WRONG);
    }

    /** As much work as a real one, because it says the same memory and passes; it would be outdated otherwise. */
    @Test
    void looksAtAMadeUpHashWhereThereIsNoAccount() {
        assertThat(passwords.isOutdated(passwords.ofNoPassword())).isFalse();
        assertThat(passwords.ofNoPassword()).hasSameSizeAs(passwords.hash("anything"));
        assertThat(passwords.look("anything", passwords.ofNoPassword())).isEqualTo(Look.WRONG);
        assertThat(passwords.look("anything", null)).isEqualTo(Look.WRONG);
    }
}
