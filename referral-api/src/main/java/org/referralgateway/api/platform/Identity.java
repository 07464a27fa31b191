package org.referralgateway.api.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.referralgateway.api.access.AccessSettings;
import org.referralgateway.api.access.Caller;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.access.CallerAuthentication;
import org.referralgateway.api.access.Reach;
import org.springframework.stereotype.Component;

/** The one place that says on whose behalf a request is handled. Without an identity mode the service refuses to start. */
@Component
public class Identity {

    /** The cookie that remembers which demo person a visitor chose. */
    public static final String PERSON_COOKIE = "demo-person";

    private final AccessSettings settings;

    Identity(AccessSettings settings) {
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

    /** Who calls; nobody where the address is open to anyone. */
    public Optional<Caller> caller() {
        return CallerAuthentication.current();
    }

    /** The tenant on whose behalf an EHR calls. */
    public String sender() {
        return senderIfAny().orElseThrow(() -> new IllegalStateException("No sender is behind this request."));
    }

    /** The same where the address is open to anyone as well. */
    public Optional<String> senderIfAny() {
        return caller().filter(SenderCaller.class::isInstance).map(caller -> ((SenderCaller) caller).sender());
    }

    /** The tenants whose referrals the person who looks at a page works on. */
    public List<String> clinicSenders() {
        return caller().filter(PersonCaller.class::isInstance)
                .map(caller -> switch (((PersonCaller) caller).reach()) {
                    case Reach.Everybody everybody -> List.of(settings.demoSender());
                    case Reach.Only(var senders) -> senders.stream().sorted().toList();
                })
                .orElseGet(() -> List.of(settings.demoSender()));
    }

    /** Who looks at a page. */
    public String person(HttpServletRequest request) {
        if (caller().orElse(null) instanceof PersonCaller person) {
            return person.name();
        }
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
