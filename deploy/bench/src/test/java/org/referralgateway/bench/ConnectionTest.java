package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final String CREATED =
            "HTTP/1.1 201 Created\r\nLocation: http://a/fhir/ServiceRequest/7/_history/1\r\nContent-Length: 2\r\n\r\n{}";

    @Test
    void readsOneAnswerAfterTheOther() throws IOException {
        try (var server = answering(CREATED, "HTTP/1.1 100 Continue\r\n\r\n" + CREATED);
                var connection = to(server, 5)) {
            for (int i = 0; i < 2; i++) {
                var answer = connection.post("/ServiceRequest", new byte[] {'x'});

                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.location()).endsWith("/ServiceRequest/7/_history/1");
                assertThat(answer.body()).isEqualTo(new byte[] {'{', '}'});
            }
            assertThat(connection.reconnects()).isZero();
        }
    }

    @Test
    void readsChunks() throws IOException {
        try (var server = answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\nT: t\r\n\r\n");
                var connection = to(server, 5)) {
            assertThat(new String(connection.get("/Task").body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void opensAgainWhatTheOtherSideClosedWhileIdle() throws IOException {
        try (var server = answering(CREATED, "", CREATED);
                var connection = to(server, 5)) {
            connection.post("", new byte[] {'x'});

            assertThat(connection.post("", new byte[] {'x'}).status()).isEqualTo(201);
            assertThat(connection.reconnects()).isEqualTo(1);
        }
    }

    @Test
    void givesUpInTime() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var connection = to(server, 1)) {
            assertThatThrownBy(() -> connection.get("/metadata")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void refusesAnAnswerWithoutAnEnd() throws IOException {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
                var connection = to(server, 5)) {
            assertThatThrownBy(() -> connection.get("/Task")).hasMessageContaining("8 MiB");
        }
    }

    private static Connection to(ServerSocket server, int seconds) {
        return new Connection(
                URI.create("http://127.0.0.1:" + server.getLocalPort() + "/fhir"),
                () -> "",
                Duration.ofSeconds(seconds));
    }

    /** Gives these answers in turn; an empty one closes the connection and waits for the next. */
    private static ServerSocket answering(String... answers) throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Socket socket = server.accept();
                for (String answer : answers) {
                    if (answer.isEmpty()) {
                        socket.close();
                        socket = server.accept();
                        continue;
                    }
                    readRequest(socket.getInputStream());
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return server;
    }

    private static void readRequest(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        if (head.indexOf("POST") == 0) {
            in.readNBytes(1);
        }
    }
}
