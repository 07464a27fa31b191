package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.IssueCode;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what one FHIR request may bring and how many run at once, before anything reads the body. Undoes gzip here, so
 * that the limit counts what comes out of it.
 */
class BodyLimitFilter extends OncePerRequestFilter {

    private final int maxBytes;
    private final Semaphore places;
    private final IntakeSettings settings;
    private final FhirRefusals refusals;

    BodyLimitFilter(IntakeSettings settings, FhirRefusals refusals) {
        this.maxBytes = Math.toIntExact(settings.maxBodySize().toBytes());
        this.places = new Semaphore(settings.maxConcurrent(), true);
        this.settings = settings;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!placeFree()) {
            refusals.throttled(request, response);
            return;
        }
        try {
            withPlace(request, response, chain);
        } finally {
            places.release();
        }
    }

    private boolean placeFree() {
        try {
            return places.tryAcquire(settings.maxWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void withPlace(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isForm(request)) {
            chain.doFilter(
                    request, response); // a search by POST; the web server reads its parameters, within its own limit
            return;
        }
        var encoding = request.getHeader("Content-Encoding");
        boolean gzip = encoding != null && encoding.toLowerCase(Locale.ROOT).equals("gzip");
        if (encoding != null && !gzip && !encoding.equalsIgnoreCase("identity")) {
            refusals.refuse(request, response, 415, IssueCode.JSON_SYNTAX, "Content-Encoding may be gzip or absent.");
            return;
        }
        byte @Nullable [] body;
        try (var in = gzip ? new GZIPInputStream(request.getInputStream()) : request.getInputStream()) {
            body = bounded(in);
        } catch (ZipException | EOFException e) {
            refusals.refuse(
                    request,
                    response,
                    400,
                    IssueCode.JSON_SYNTAX,
                    gzip ? "The body is not valid gzip." : "The body is shorter than was said.");
            return;
        }
        if (body == null) {
            refusals.refuse(
                    request,
                    response,
                    413,
                    IssueCode.TOO_LARGE,
                    "The body is larger than " + settings.maxBodySize() + ". Send large documents by reference.");
            return;
        }
        request.setAttribute(FhirRefusals.BYTES_READ, body.length);
        chain.doFilter(new BodyRead(request, body), response);
    }

    private static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The whole body, or nothing where it is too large. */
    private byte @Nullable [] bounded(InputStream in) throws IOException {
        var body = in.readNBytes(maxBytes);
        return in.read() < 0 ? body : null;
    }

    /** The request with its body in memory and no content encoding any more. */
    private static final class BodyRead extends HttpServletRequestWrapper {

        private final byte[] body;

        BodyRead(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Content-Encoding") ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Content-Encoding") ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        /** FHIR is UTF-8; who sends something else is told so by the check, not by a decoder. */
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("The body is read in the request's own thread.");
                }
            };
        }
    }
}
