package org.referralgateway.api.access;

import com.nimbusds.jose.jwk.JWKSet;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Fetches the keys that a sender publishes, from the address it registered and from nowhere else: TLS, no redirects, a limit
 * on time and size. What was fetched is kept for a while, so that a token does not wait for the sender's server each time.
 */
@Component
class KeyFetch {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFetch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration BETWEEN_LOOKS_FOR_UNKNOWN = Duration.ofSeconds(10);
    private static final Pattern MAX_AGE = Pattern.compile("max-age=([0-9]{1,9})");

    private final boolean privateAddresses;
    private final CloseableHttpClient http;
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();

    @Autowired
    KeyFetch(AccessSettings settings) {
        this(settings.privateKeyUrls(), CheckedNames.of(settings.privateKeyUrls()));
    }

    KeyFetch(boolean privateAddresses, DnsResolver names) {
        this.privateAddresses = privateAddresses;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(PATIENCE))
                                .setSocketTimeout(Timeout.of(PATIENCE))
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
    }

    private record Kept(JWKSet keys, long fetchedAt, Duration goodFor) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - fetchedAt > age.toNanos();
        }
    }

    /** The keys at an address; fetched anew where the wanted one is not among those that are kept, but not all the time. */
    Optional<JWKSet> keys(String url, String keyId) {
        var known = kept.get(url);
        boolean isGood = known != null
                && !known.isOlderThan(known.goodFor())
                && (known.keys().getKeyByKeyId(keyId) != null || !known.isOlderThan(BETWEEN_LOOKS_FOR_UNKNOWN));
        if (known != null && isGood) {
            return Optional.of(known.keys());
        }
        var fetched = fetch(url);
        fetched.ifPresent(fresh -> kept.put(url, fresh));
        return fetched.map(Kept::keys);
    }

    private Optional<Kept> fetch(String url) {
        try {
            var address = URI.create(url);
            if (!isAllowed(address)) {
                LOG.warn("Keys are not fetched from an address that is no https address");
                return Optional.empty();
            }
            var request = new HttpGet(address);
            request.setHeader("Accept", "application/json");
            // Over all: a server that sends a byte now and then must not keep us longer than one that sends nothing.
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(request::abort);
            return http.execute(request, KeyFetch::kept);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("A sender's keys cannot be fetched: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static Optional<Kept> kept(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        var bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(MOST_BYTES + 1);
        if (response.getCode() != 200 || bytes.length > MOST_BYTES) {
            LOG.warn("A sender's keys cannot be fetched: status {}, {} bytes", response.getCode(), bytes.length);
            return Optional.empty();
        }
        var cacheControl = response.getFirstHeader("Cache-Control");
        try {
            return Optional.of(new Kept(
                    JWKSet.parse(new String(bytes, StandardCharsets.UTF_8)),
                    System.nanoTime(),
                    goodFor(cacheControl == null ? "" : cacheControl.getValue())));
        } catch (ParseException e) {
            throw new IOException("What came are no keys.", e);
        }
    }

    private boolean isAllowed(URI address) {
        return address.getHost() != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme()) || privateAddresses && "http".equals(address.getScheme()));
    }

    private static Duration goodFor(String cacheControl) {
        var maxAge = MAX_AGE.matcher(cacheControl);
        if (!maxAge.find()) {
            return USUAL;
        }
        var asked = Duration.ofSeconds(Long.parseLong(maxAge.group(1)));
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
