package org.referralgateway.api.worklist;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.referralgateway.api.worklist.TaskClicks.Kind;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What can be done with a task in one click. With htmx the answer is the task's rows; without script it is a redirect back
 * to where the click was, or a page that says who was faster.
 */
@Controller
@RequestMapping("/worklist/tasks/{task}")
class TaskController {

    private final TaskClicks clicks;
    private final DecisionClicks decisions;
    private final TaskAnswers answers;
    private final Identity identity;

    TaskController(TaskClicks clicks, DecisionClicks decisions, TaskAnswers answers, Identity identity) {
        this.clicks = clicks;
        this.decisions = decisions;
        this.answers = answers;
        this.identity = identity;
    }

    @GetMapping
    ModelAndView show(
            @PathVariable UUID task,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return answers.task(task, identity.person(), RequestIds.of(request), Asking.of(request, back));
    }

    @PostMapping("/claim")
    ModelAndView claim(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return click(Kind.CLAIM, task, version, back, request);
    }

    @PostMapping("/release")
    ModelAndView release(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return click(Kind.RELEASE, task, version, back, request);
    }

    @PostMapping("/complete")
    ModelAndView complete(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        return click(Kind.COMPLETE, task, version, back, request);
    }

    @PostMapping("/accept")
    ModelAndView accept(
            @PathVariable UUID task,
            @RequestParam int version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request) {
        var click = click(task, version, request);
        var result = decisions.decide(new Decision.Accept(), click);
        return answers.of(result, click, "accepted", Asking.of(request, back));
    }

    private ModelAndView click(Kind kind, UUID task, int version, @Nullable String back, HttpServletRequest request) {
        var click = click(task, version, request);
        return answers.of(clicks.click(kind, click), click, kind.past(), Asking.of(request, back));
    }

    private Click click(UUID task, int version, HttpServletRequest request) {
        return new Click(task, version, identity.person(), RequestIds.of(request));
    }
}
