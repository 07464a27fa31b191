package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket, and what comes back on it. */
final class Wire {

    /** Beyond it, it hangs. */
    private static final int MOST_MILLIS = 10_000;

    private Wire() {}

    /**
     * What came back until the connection was closed.
     *
     * @param status 0 where it was closed without a word
     */
    record Answer(int status, String text, long millis, boolean hangs) {}

    static Answer send(int port, byte[] request) throws IOException {
        long began = System.nanoTime();
        var received = new ByteArrayOutputStream();
        boolean hangs = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MOST_MILLIS);
            var writer = Thread.startVirtualThread(() -> write(socket, request));
            try {
                socket.getInputStream().transferTo(received);
            } catch (SocketTimeoutException e) {
                hangs = true;
            } catch (IOException e) {
                // It has had enough of us before we had said everything; what it said so far counts.
            }
            writer.interrupt();
        }
        var text = received.toString(UTF_8);
        return new Answer(status(text), text, (System.nanoTime() - began) / 1_000_000, hangs);
    }

    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        } catch (IOException e) {
            // See above.
        }
    }

    /** Sends chunks of a body that has no end, and says how many bytes were taken until the other side had enough. */
    static long pour(int port, String head, long most) throws IOException {
        var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        long poured = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MOST_MILLIS);
            var out = socket.getOutputStream();
            out.write(head.getBytes(UTF_8));
            while (poured < most) {
                out.write(chunk);
                poured += chunk.length;
            }
        } catch (java.net.SocketException e) {
            // That is what we waited for.
        }
        return poured;
    }

    private static int status(String text) {
        return text.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2}.*") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }
}
