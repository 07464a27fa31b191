package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void sayWhichIsTakenAndForWhat() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "the service"))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " for the service")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void areFreeOnceTheirProgramIsGone() throws IOException {
        var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        taken.close();

        Ports.requireFree(taken.getLocalPort(), "the service");
    }

    @Test
    void areFoundInPairs() throws IOException {
        int port = Ports.freeWithTheNext();

        Ports.requireFree(port, "the service");
        Ports.requireFree(port + 1, "health and metrics");
    }
}
