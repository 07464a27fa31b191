package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Declining a referral, and asking the referrer for information: each with a form, because each needs a reason. */
@Controller
@RequestMapping("/worklist/tasks/{task}")
class DecisionFormController {

    private final DecisionClicks clicks;
    private final Worklist worklist;
    private final TaskAnswers answers;
    private final Labels labels;
    private final Identity identity;

    DecisionFormController(
            DecisionClicks clicks, Worklist worklist, TaskAnswers answers, Labels labels, Identity identity) {
        this.clicks = clicks;
        this.worklist = worklist;
        this.answers = answers;
        this.labels = labels;
        this.identity = identity;
    }

    @GetMapping("/decline")
    ModelAndView declineForm(
            @PathVariable UUID task,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return show(DecisionForm.empty("decline", task, row(task).version(), List.of()), back, request);
    }

    @GetMapping("/ask")
    ModelAndView askForm(
            @PathVariable UUID task,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        var row = row(task);
        return show(DecisionForm.empty("ask", task, row.version(), row.missing()), back, request);
    }

    @PostMapping("/decline")
    ModelAndView decline(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String note,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return submit(DecisionForm.decline(task, version, reason, note), "declined", back, request);
    }

    @PostMapping("/ask")
    ModelAndView ask(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable List<String> items,
            @RequestParam(required = false) @Nullable String note,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return submit(DecisionForm.ask(task, version, items, note), "asked", back, request);
    }

    private ModelAndView submit(DecisionForm sent, String notice, @Nullable String back, HttpServletRequest request) {
        var form = sent.checked(labels.all("decline-reason").keySet(), items(row(sent.task())));
        if (!form.problems().isEmpty()) {
            return show(form, back, request);
        }
        var click = new Click(form.task(), form.version(), identity.person(), RequestIds.of(request));
        return answers.of(clicks.decide(form.decision(), click), click, notice, Asking.of(request, back));
    }

    private ModelAndView show(DecisionForm form, @Nullable String back, HttpServletRequest request) {
        return answers.form(form, identity.person(), RequestIds.of(request), Asking.of(request, back))
                .addObject("items", items(row(form.task())));
    }

    /** What can be asked for: what is missing, and whatever else the minimum data set has. */
    private Set<String> items(WorklistRow row) {
        var items = new LinkedHashSet<>(row.missing());
        items.addAll(labels.all("item").keySet());
        return items;
    }

    private WorklistRow row(UUID task) {
        return worklist.find(task).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
