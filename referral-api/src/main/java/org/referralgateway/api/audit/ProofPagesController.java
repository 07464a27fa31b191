package org.referralgateway.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** The pages on which the trail proves itself: the life of a referral with its proofs, and verifying everything now. */
@Controller
class ProofPagesController {

    private final ReferralLife life;
    private final SealStatus status;
    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    ProofPagesController(ReferralLife life, SealStatus status, AuditTrail trail, Identity identity, Clock clock) {
        this.life = life;
        this.status = status;
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    @GetMapping("/log/referrals/{id}")
    String life(@PathVariable UUID id, HttpServletRequest request, Model model) {
        model.addAttribute(
                "life",
                life.of(id, identity.person(), RequestIds.of(request))
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.addAttribute("status", status);
        return "log/life";
    }

    /** A POST, because it costs something and leaves a row. */
    @PostMapping("/log/verify")
    String verify(HttpServletRequest request, Model model) {
        var verified = status.verify().orElse(null);
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                Who.person(identity.person()),
                "trail.verified",
                verified != null && verified.report().isIntact() ? "success" : "refused",
                null,
                null,
                RequestIds.of(request),
                verified == null
                        ? Map.of()
                        : Map.of(
                                "leaves", verified.report().leaves(),
                                "findings", verified.report().found())));
        model.addAttribute("verified", verified);
        model.addAttribute("status", status);
        return "log/verified";
    }
}
