package org.referralgateway.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection, one request at a time. The driver shares the machine with what it measures: this
 * costs a fraction of a general client, and it cannot queue or retry behind the driver's back.
 */
final class Connection implements AutoCloseable {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_BODY = 8 * 1024 * 1024;

    private final URI base;
    private final Supplier<String> headers;
    private final long timeoutNanos;
    private final byte[] buffer = new byte[16 * 1024];

    private @Nullable Socket socket;
    private @Nullable InputStream in;
    private int position;
    private int limit;
    private long deadline;
    private int reconnects;

    /** @param headers lines sent with every request, each ended by CR LF */
    Connection(URI base, Supplier<String> headers, Duration timeout) {
        this.base = base;
        this.headers = headers;
        this.timeoutNanos = timeout.toNanos();
    }

    record Answer(int status, @Nullable String location, byte[] body) {}

    Answer get(String path) throws IOException {
        return exchange("GET", path, new byte[0]);
    }

    Answer post(String path, byte[] body) throws IOException {
        return exchange("POST", path, body);
    }

    /** How often a connection that had idled was found closed by the other side. */
    int reconnects() {
        return reconnects;
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing is owed to this connection any more.
            }
        }
    }

    private Answer exchange(String method, String path, byte[] body) throws IOException {
        deadline = System.nanoTime() + timeoutNanos;
        byte[] request = request(method, path, body);
        boolean reused = socket != null;
        try {
            return exchange(request);
        } catch (ClosedWhileIdle e) {
            close();
            if (!reused) {
                throw e;
            }
            // Harmless to send again, even if it had arrived: the placer number makes it the same referral.
            reconnects++;
            try {
                return exchange(request);
            } catch (IOException again) {
                close();
                throw again;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Answer exchange(byte[] request) throws IOException {
        Socket open = socket == null ? open() : socket;
        position = 0;
        limit = 0;
        String line;
        try {
            open.getOutputStream().write(request);
            line = line();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new ClosedWhileIdle(e);
        }
        int status = status(line);
        while (status >= 100 && status < 200) {
            readHead();
            status = status(line());
        }
        Head head = readHead();
        byte[] body = body(status, head);
        if (head.close) {
            close();
        }
        return new Answer(status, head.location, body);
    }

    private Socket open() throws IOException {
        boolean secure = "https".equals(base.getScheme());
        int port = base.getPort() >= 0 ? base.getPort() : secure ? 443 : 80;
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.connect(new InetSocketAddress(base.getHost(), port), remainingMillis());
            if (secure) {
                var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
                var wrapped = (SSLSocket) factory.createSocket(fresh, base.getHost(), port, true);
                var parameters = wrapped.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                wrapped.setSSLParameters(parameters);
                fresh = wrapped;
            }
            in = fresh.getInputStream();
            socket = fresh;
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    private byte[] request(String method, String path, byte[] body) {
        String head = method + " " + base.getRawPath() + path + " HTTP/1.1\r\nHost: " + base.getRawAuthority() + "\r\n"
                + headers.get()
                + (body.length == 0
                        ? "\r\n"
                        : "Content-Type: application/fhir+json\r\nContent-Length: " + body.length + "\r\n\r\n");
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    private record Head(
            long length,
            boolean chunked,
            boolean close,
            @Nullable String location) {}

    private Head readHead() throws IOException {
        long length = -1;
        boolean chunked = false;
        boolean close = false;
        String location = null;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("The answer has a header line without a colon.");
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = length(value, 10);
                case "transfer-encoding" ->
                    chunked = value.toLowerCase(Locale.ROOT).contains("chunked");
                case "connection" -> close = "close".equalsIgnoreCase(value);
                case "location" -> location = value;
                default -> {}
            }
        }
        return new Head(length, chunked, close, location);
    }

    private byte[] body(int status, Head head) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (!head.chunked) {
            if (head.length < 0) {
                throw new IOException("The answer has neither a length nor chunks.");
            }
            return bytes(head.length, 0);
        }
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            long length = length(extension < 0 ? size : size.substring(0, extension), 16);
            if (length == 0) {
                while (!line().isEmpty()) {
                    // Trailers say nothing we need.
                }
                return body.toByteArray();
            }
            body.writeBytes(bytes(length, body.size()));
            line();
        }
    }

    private byte[] bytes(long length, int before) throws IOException {
        if (length + before > MAX_BODY) {
            throw new IOException("The answer is longer than 8 MiB.");
        }
        byte[] bytes = new byte[(int) length];
        for (int done = 0; done < bytes.length; ) {
            fill();
            int part = Math.min(limit - position, bytes.length - done);
            System.arraycopy(buffer, position, bytes, done, part);
            position += part;
            done += part;
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        while (true) {
            fill();
            while (position < limit) {
                char c = (char) (buffer[position++] & 0xff);
                if (c == '\n') {
                    int end = line.length();
                    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
                }
                line.append(c);
            }
            if (line.length() > MAX_LINE) {
                throw new IOException("The answer has a line longer than 16 KiB.");
            }
        }
    }

    private void fill() throws IOException {
        if (position < limit) {
            return;
        }
        Socket open = socket;
        InputStream from = in;
        if (open == null || from == null) {
            throw new EOFException("The connection is closed.");
        }
        open.setSoTimeout(remainingMillis());
        int read = from.read(buffer);
        if (read < 0) {
            throw new EOFException("The connection was closed in the middle of an answer.");
        }
        position = 0;
        limit = read;
    }

    private int remainingMillis() throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("No complete answer in time.");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("The answer is not HTTP/1.1.");
        }
        return (int) length(line.substring(9, 12), 10);
    }

    private static long length(String text, int radix) throws IOException {
        try {
            long length = Long.parseLong(text.strip(), radix);
            if (length < 0) {
                throw new IOException("The answer has a negative length.");
            }
            return length;
        } catch (NumberFormatException e) {
            throw new IOException("The answer has a length that is no number.", e);
        }
    }

    private static final class ClosedWhileIdle extends IOException {
        private static final long serialVersionUID = 1L;

        ClosedWhileIdle(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
