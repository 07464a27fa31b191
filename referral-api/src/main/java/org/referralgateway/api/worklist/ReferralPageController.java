package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A referral: as understood, as received, what is done about it, and what happened. */
@Controller
class ReferralPageController {

    private final ReferralPages pages;
    private final Identity identity;

    ReferralPageController(ReferralPages pages, Identity identity) {
        this.pages = pages;
        this.identity = identity;
    }

    @GetMapping("/referrals/{id}")
    String show(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String notice,
            HttpServletRequest request,
            Model model) {
        var page = pages.view(id, identity.person(), RequestIds.of(request))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("page", page);
        model.addAttribute("r", page.content());
        model.addAttribute("back", "/referrals/" + id);
        model.addAttribute("notice", notice);
        return "referral/page";
    }

    /** Bytes to keep, not a page to show: a sender's file is never run or rendered here. */
    @GetMapping("/referrals/{id}/payload")
    ResponseEntity<byte[]> payload(@PathVariable UUID id, HttpServletRequest request) {
        var payload = pages.payload(id, identity.person(), RequestIds.of(request))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var file = ContentDisposition.attachment()
                .filename("referral-" + id + (payload.isXml() ? ".xml" : ".json"))
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(payload.body());
    }
}
