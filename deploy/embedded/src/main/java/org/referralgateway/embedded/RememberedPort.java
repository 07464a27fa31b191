package org.referralgateway.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port of a server, kept in its folder: who wrote down an address yesterday can use it today.
 */
final class RememberedPort {
    private static final String FILE = "port";

    private RememberedPort() {}

    /** The wanted port; for 0 the one of the last run if it is still free, and else any free one. */
    static int in(Path folder, int wanted) throws IOException {
        int port = wanted == 0 ? lastOrAny(folder.resolve(FILE)) : wanted;
        OwnerOnly.write(folder.resolve(FILE), port + "\n");
        return port;
    }

    /** The port of the last run, or of the one that is under way. */
    static int lastOf(Path folder) throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve(FILE)).strip());
    }

    /** A port of this computer that nobody listens on. */
    static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static int lastOrAny(Path file) throws IOException {
        if (Files.exists(file)) {
            String last = Files.readString(file).strip();
            if (last.matches("[0-9]{1,5}") && isFree(Integer.parseInt(last))) {
                return Integer.parseInt(last);
            }
        }
        return anyFree();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As the servers do it: a connection of the last run that lingers does not make its port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
