package org.referralgateway.api.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.platform.FhirRefusals;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds each sender to its share of this instance: so many requests a second, so many at once, so many bytes a minute. */
final class SenderLimits extends OncePerRequestFilter {

    private final LimitSettings settings;
    private final FhirRefusals refusals;
    private final Map<String, Counter> refused;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    SenderLimits(LimitSettings settings, FhirRefusals refusals, MeterRegistry meters) {
        this.settings = settings;
        this.refusals = refusals;
        this.refused = Stream.of("rate", "concurrency", "bytes")
                .collect(Collectors.toUnmodifiableMap(
                        kind -> kind, kind -> meters.counter("referral.limits.refused", "kind", kind)));
    }

    /** What one sender has used; there are as many as there are registered senders. */
    private record Share(Bucket requests, Bucket bytes, Semaphore places) {}

    private Share share(String sender) {
        return shares.computeIfAbsent(
                sender,
                name -> new Share(
                        new Bucket(settings.requestsPerSecond(), 2.0 * settings.requestsPerSecond()),
                        new Bucket(
                                settings.bytesPerMinute().toBytes() / 60.0,
                                settings.bytesPerMinute().toBytes()),
                        new Semaphore(settings.concurrent(), true)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (CallerAuthentication.current().orElse(null) instanceof SenderCaller sender) {
            within(share(sender.sender()), request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void within(Share share, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var secondsUntilBytes = share.bytes().secondsUntilAny();
        if (secondsUntilBytes > 0) {
            refuse("bytes", secondsUntilBytes, request, response);
            return;
        }
        var secondsUntilRequest = share.requests().take(1);
        if (secondsUntilRequest > 0) {
            refuse("rate", secondsUntilRequest, request, response);
            return;
        }
        if (!placeFree(share.places())) {
            refuse("concurrency", 2, request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            share.places().release();
            share.bytes().use(request.getAttribute(FhirRefusals.BYTES_READ) instanceof Integer bytes ? bytes : 0);
        }
    }

    private boolean placeFree(Semaphore places) {
        try {
            return places.tryAcquire(settings.maxWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void refuse(String kind, double seconds, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var counter = refused.get(kind);
        if (counter != null) {
            counter.increment();
        }
        response.setHeader("Retry-After", Long.toString(Math.max(1, (long) Math.ceil(seconds))));
        refusals.refuse(
                request,
                response,
                429,
                IssueType.THROTTLED,
                switch (kind) {
                            case "rate" -> "More requests a second than one sender may make. ";
                            case "bytes" -> "More bytes a minute than one sender may send. ";
                            default -> "More requests at once than one sender may make. ";
                        }
                        + "Send it again after the time in Retry-After.");
    }
}
