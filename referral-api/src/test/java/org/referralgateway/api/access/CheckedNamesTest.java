package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name means is asked for once, checked, and that is what is connected to. */
class CheckedNamesTest {

    /** Nobody can be reached there, and no packet is sent to find out. */
    private static final String NOWHERE = "255.255.255.255";

    /** Says something else each time, as a name server that wants to lead us astray. */
    private record Changing(Queue<String> answers) implements DnsResolver {
        static Changing between(String... answers) {
            return new Changing(new ArrayDeque<>(List.of(answers)));
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var next = answers.size() > 1 ? answers.remove() : answers.element();
            return Arrays.stream(next.split(",")).map(Changing::address).toArray(InetAddress[]::new);
        }

        private static InetAddress address(String text) {
            return InetAddress.ofLiteral(text);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "203.0.113.5,10.0.0.1"
            })
    void aNameWithAPrivateAddressHasNone(String addresses) {
        assertThatThrownBy(() -> CheckedNames.by(Changing.between(addresses)).resolve("keys.example"))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aNameThatMeansSomethingElseAfterTheCheckLeadsNowhere() throws IOException {
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            inside.setSoTimeout(500);
            var url = "https://keys.example:" + inside.getLocalPort() + "/keys";

            // seen to be let in by the check of the first answer; the second would be the socket above
            assertThat(new KeyFetch(false, CheckedNames.by(Changing.between(NOWHERE, "127.0.0.1"))).keys(url, "k"))
                    .isEmpty();
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
