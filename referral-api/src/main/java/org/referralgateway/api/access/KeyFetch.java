package org.referralgateway.api.access;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();

    KeyFetch(AccessSettings settings) {
        this.privateAddresses = settings.privateKeyUrls();
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
                LOG.warn("Keys are not fetched from an address that is no https address of the open network");
                return Optional.empty();
            }
            var request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Accept", "application/json")
                    .GET()
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var bytes = body.readNBytes(MOST_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > MOST_BYTES) {
                    LOG.warn(
                            "A sender's keys cannot be fetched: status {}, {} bytes",
                            response.statusCode(),
                            bytes.length);
                    return Optional.empty();
                }
                var keys = JWKSet.parse(new String(bytes, StandardCharsets.UTF_8));
                return Optional.of(new Kept(
                        keys,
                        System.nanoTime(),
                        goodFor(response.headers().firstValue("Cache-Control").orElse(""))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | ParseException | IllegalArgumentException e) {
            LOG.warn("A sender's keys cannot be fetched: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI address) throws UnknownHostException {
        if (address.getHost() == null || address.getUserInfo() != null) {
            return false;
        }
        if (privateAddresses) {
            return "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        }
        if (!"https".equals(address.getScheme())) {
            return false;
        }
        for (var ip : InetAddress.getAllByName(address.getHost())) {
            if (isPrivate(ip)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrivate(InetAddress ip) {
        var bytes = ip.getAddress();
        boolean isUniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean isShared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return isUniqueLocal
                || isShared
                || ip.isAnyLocalAddress()
                || ip.isLoopbackAddress()
                || ip.isLinkLocalAddress()
                || ip.isSiteLocalAddress()
                || ip.isMulticastAddress();
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
