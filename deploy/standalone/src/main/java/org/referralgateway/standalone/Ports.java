package org.referralgateway.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks before the long part of a start whether the addresses of the service can be had. */
final class Ports {
    private Ports() {}

    static void requireFree(int port, String purpose) {
        try (var socket = new ServerSocket()) {
            // As the web server does it: connections of the last run that linger do not make its port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        } catch (IOException e) {
            throw new CannotStart("Port " + port + " for " + purpose + " cannot be used: " + e.getMessage()
                    + ". Stop the program that has it, or name another with --port.");
        }
    }
}
