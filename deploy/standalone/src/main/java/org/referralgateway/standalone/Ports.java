package org.referralgateway.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks before the long part of a start whether the addresses of the service can be had. */
final class Ports {
    private static final int ATTEMPTS = 20;
    private static final int LAST = 65535;

    private Ports() {}

    static void requireFree(int port, String purpose) {
        try {
            bindOnce(port);
        } catch (IOException e) {
            throw new CannotStart("Port " + port + " for " + purpose + " cannot be used: " + e.getMessage()
                    + ". Stop the program that has it, or name another with --port.");
        }
    }

    /** Any port that is free, and the one after it too. */
    static int freeWithTheNext() throws IOException {
        IOException taken = new IOException("No free port.");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                int port = bindOnce(0);
                if (port < LAST) {
                    bindOnce(port + 1);
                    return port;
                }
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private static int bindOnce(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // As the web server does it: connections of the last run that linger do not make its port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return socket.getLocalPort();
        }
    }
}
