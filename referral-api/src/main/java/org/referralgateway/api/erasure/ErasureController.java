package org.referralgateway.api.erasure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.referralgateway.api.vault.ErasureReason;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who was erased, and the form to erase: for the administrator, who sees ids and no person. */
@Controller
@RequestMapping("/erasures")
class ErasureController {

    private static final int SHOWN = 200;

    private final Erasures erasures;
    private final Identity identity;

    ErasureController(Erasures erasures, Identity identity) {
        this.erasures = erasures;
        this.identity = identity;
    }

    @GetMapping
    ModelAndView list() {
        return new ModelAndView("erasure/list")
                .addObject("erasures", erasures.latest(SHOWN))
                .addObject("reasons", ErasureReason.values());
    }

    /**
     * @param referrals ids, one or several that belong together; the id of its Task where a request waits to become one
     * @param sure {@code yes}: there is no way back
     */
    @PostMapping
    ModelAndView erase(
            @RequestParam(defaultValue = "") String referrals,
            @RequestParam(defaultValue = "") String sure,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        var ids = new ArrayList<UUID>();
        for (var text : referrals.replaceAll("ServiceRequest/|Task/", "").split("[\\s,;]+", -1)) {
            if (!text.isEmpty()) {
                try {
                    ids.add(UUID.fromString(text));
                } catch (IllegalArgumentException e) {
                    return refused(
                            "That is no id of a referral. It is the last part of its address.", referrals, reason);
                }
            }
        }
        var why = ErasureReason.of(reason);
        if (ids.isEmpty() || why.isEmpty()) {
            return refused("Say which referral, and why.", referrals, reason);
        }
        if (!sure.equals("yes")) {
            return refused("Say that you are sure: it cannot be undone.", referrals, reason);
        }
        var result = erasures.erase(
                ids, why.get(), identity.clinicSenders(), "person:" + identity.person(), RequestIds.of(request));
        return result instanceof ErasureResult.Done
                ? list().addObject("done", result.text())
                : refused(result, referrals, reason);
    }

    private ModelAndView refused(ErasureResult result, String referrals, String reason) {
        var page = refused(result.text(), referrals, reason);
        page.setStatus(
                switch (result) {
                    case ErasureResult.Unknown unknown -> HttpStatus.NOT_FOUND;
                    case ErasureResult.Already already -> HttpStatus.CONFLICT;
                    case ErasureResult.NotAlone notAlone -> HttpStatus.CONFLICT;
                    case ErasureResult.BeingJoined beingJoined -> HttpStatus.CONFLICT;
                    default -> HttpStatus.SERVICE_UNAVAILABLE;
                });
        return page;
    }

    private ModelAndView refused(String why, String referrals, String reason) {
        var page = list().addObject("refused", List.of(why))
                .addObject("wanted", referrals)
                .addObject("because", reason);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }
}
