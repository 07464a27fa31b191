package org.referralgateway.api.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The one place that says who calls. Until senders and people log in, it answers with the demo identities, and only where
 * that was asked for: without an identity mode the service refuses to start rather than run open.
 */
@Component
public class Identity {

    /** The cookie that remembers which demo person a visitor chose. */
    public static final String PERSON_COOKIE = "demo-person";

    private final IdentitySettings settings;

    Identity(IdentitySettings settings) {
        if (!"demo".equals(settings.mode())) {
            throw new RefusedToStart(
                    "No identity configuration: anybody who reaches this service could read patients' data.",
                    "Set referral.identity.mode=demo to try it out on one machine (it then listens on 127.0.0.1 unless"
                            + " server.address says otherwise). Logins for senders and people are not built yet.");
        }
        if (settings.demoPeople().isEmpty()) {
            throw new RefusedToStart("referral.identity.demo-people is empty.", "Name at least one person.");
        }
        this.settings = settings;
    }

    /** The tenant on whose behalf an EHR calls. */
    public String sender() {
        return settings.demoSender();
    }

    /** The tenants whose referrals the clinic's people work on. */
    public List<String> clinicSenders() {
        return List.of(settings.demoSender());
    }

    /** Who looks at a page. */
    public String person(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                var name = decoded(cookie.getValue());
                if (cookie.getName().equals(PERSON_COOKIE)
                        && settings.demoPeople().contains(name)) {
                    return name;
                }
            }
        }
        return settings.demoPeople().getFirst();
    }

    /** Who can be chosen on the pages. */
    public List<String> people() {
        return settings.demoPeople();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
