package org.referralgateway.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.referralgateway.events.EventType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The log: every event and where it lies, the trail beside it, and what is parked. Reads only. */
@Controller
class LogController {

    private final LogPages pages;
    private final SealStatus status;
    private final Identity identity;

    LogController(LogPages pages, SealStatus status, Identity identity) {
        this.pages = pages;
        this.status = status;
        this.identity = identity;
    }

    /**
     * @param follow whether the page keeps asking for what is new
     * @param notice code of what a click has done
     */
    @GetMapping("/log")
    String show(
            @RequestParam(required = false) @Nullable String referral,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Long events,
            @RequestParam(required = false) @Nullable Long audit,
            @RequestParam(required = false) boolean follow,
            @RequestParam(required = false) @Nullable String notice,
            HttpServletRequest request,
            Model model) {
        var filter = LogFilter.of(referral, type, from, to, outcome, events, audit);
        model.addAttribute("page", pages.page(filter, identity.person(), RequestIds.of(request)));
        model.addAttribute("status", status);
        model.addAttribute("follow", follow && filter.isFirstPage());
        model.addAttribute("notice", notice);
        model.addAttribute(
                "types",
                Arrays.stream(EventType.values()).map(EventType::wireName).toList());
        return "log/page";
    }

    /**
     * What came after the places given.
     *
     * @param events how far the reader has followed the events
     * @param audit how far the reader has followed the trail
     */
    @GetMapping("/log/news")
    String news(
            @RequestParam(required = false) @Nullable String referral,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam String events,
            @RequestParam String audit,
            Model model) {
        var filter = LogFilter.of(referral, type, from, to, outcome, null, null);
        model.addAttribute("news", pages.news(filter, Cursor.of(events), Cursor.of(audit)));
        return "log/news";
    }
}
