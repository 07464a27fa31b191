package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /waiting}: what was sent and has no referral yet. */
@Controller
class WaitingController {

    private final WaitingRequests waiting;
    private final Identity identity;

    WaitingController(WaitingRequests waiting, Identity identity) {
        this.waiting = waiting;
        this.identity = identity;
    }

    @GetMapping("/waiting")
    String list(HttpServletRequest request, Model model) {
        model.addAttribute("waiting", waiting.all(identity.person(), RequestIds.of(request)));
        return "worklist/waiting";
    }
}
