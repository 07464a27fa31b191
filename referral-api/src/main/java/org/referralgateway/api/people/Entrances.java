package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.people.Logins.From;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets somebody in, or out, in this browser. Whoever comes in gets a new session, so a planted one is worth nothing. */
@Component
class Entrances {

    private final Sessions sessions;
    private final AuditTrail trail;
    private final Clock clock;

    Entrances(Sessions sessions, AuditTrail trail, Clock clock) {
        this.sessions = sessions;
        this.trail = trail;
        this.clock = clock;
    }

    @Transactional
    void enter(Account account, HttpServletRequest request, HttpServletResponse response) {
        DoorCookie.SESSION.in(request).ifPresent(sessions::end);
        DoorCookie.SESSION.set(sessions.begin(account.id()), request, response);
        DoorCookie.VISIT.clear(request, response);
    }

    @Transactional
    void leave(From from, HttpServletRequest request, HttpServletResponse response) {
        DoorCookie.SESSION.in(request).ifPresent(sessions::end);
        DoorCookie.SESSION.clear(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        SessionFilter.account()
                .ifPresent(account -> trail.append(new AuditEntry(
                        AuditTrail.HOUSE,
                        clock.instant(),
                        account.actor(),
                        "logout",
                        "success",
                        null,
                        null,
                        from.requestId(),
                        Map.of())));
    }
}
