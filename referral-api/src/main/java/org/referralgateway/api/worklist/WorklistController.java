package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.May;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Navigation;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of what is to be done. */
@Controller
class WorklistController {

    private final Worklist worklist;
    private final Identity identity;

    WorklistController(Worklist worklist, Identity identity) {
        this.worklist = worklist;
        this.identity = identity;
    }

    @GetMapping("/")
    String start(@ModelAttribute(name = "may", binding = false) May may) {
        return "redirect:" + Navigation.start(may);
    }

    /**
     * @param notice code of what the click before has done, for browsers without script
     */
    @GetMapping("/worklist")
    String list(
            @RequestParam(required = false) @Nullable String task,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String priority,
            @RequestParam(required = false) boolean overdue,
            @RequestParam(required = false) @Nullable String condition,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String notice,
            HttpServletRequest request,
            Model model) {
        var filter = WorklistFilter.of(task, owner, priority, overdue, condition, after);
        var page = worklist.page(filter, identity.person(), RequestIds.of(request));
        model.addAttribute("page", page);
        model.addAttribute("back", filter.path());
        model.addAttribute("notice", notice);
        return "worklist/list";
    }
}
