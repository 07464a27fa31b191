package org.referralgateway.api.platform;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> MODES = Set.of("demo", "local", "external");

    private final AccessSettings settings;

    Identity(AccessSettings settings) {
        if (settings.mode() == null || !MODES.contains(settings.mode())) {
            throw new RefusedToStart(
                    "No identity configuration: anybody who reaches this service could read patients' data.",
                    "Set referral.identity.mode=local for logins of the gateway's own, or =external for those of an"
                            + " identity provider.");
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

    /** Who looks at a page, by name. */
    public String person() {
        if (caller().orElse(null) instanceof PersonCaller person) {
            return person.name();
        }
        throw new IllegalStateException("No person is behind this request.");
    }
}
