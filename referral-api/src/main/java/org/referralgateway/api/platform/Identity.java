package org.referralgateway.api.platform;

import java.util.List;
import java.util.Optional;
import org.referralgateway.api.access.Caller;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.access.CallerAuthentication;
import org.referralgateway.api.access.Reach;
import org.referralgateway.api.access.SenderClients;
import org.springframework.stereotype.Component;

/** The one place that says on whose behalf a request is handled. */
@Component
public class Identity {

    /** Where no sender is registered yet. SQL knows no empty list, and no sender is called like that. */
    private static final List<String> NOBODY = List.of("");

    private final SenderClients clients;

    Identity(SenderClients clients) {
        this.clients = clients;
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

    /** Whether nothing faulty of the caller is carried. */
    public boolean isStrict() {
        return caller().orElse(null) instanceof SenderCaller sender && sender.strict();
    }

    /** The tenants whose referrals the person who looks at a page works on. */
    public List<String> clinicSenders() {
        var senders = switch (personCaller().reach()) {
            case Reach.Everybody everybody -> clients.senders();
            case Reach.Only(var some) -> some.stream().sorted().toList();
        };
        return senders.isEmpty() ? NOBODY : senders;
    }

    /** Who looks at a page, by name. */
    public String person() {
        return personCaller().name();
    }

    private PersonCaller personCaller() {
        if (caller().orElse(null) instanceof PersonCaller person) {
            return person;
        }
        throw new IllegalStateException("No person is behind this request.");
    }
}
