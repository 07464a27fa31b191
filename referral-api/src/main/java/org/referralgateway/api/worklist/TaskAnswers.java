package org.referralgateway.api.worklist;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Answers about one task: its rows for htmx, a page of its own otherwise. */
@Component
class TaskAnswers {

    private final Worklist worklist;

    TaskAnswers(Worklist worklist) {
        this.worklist = worklist;
    }

    /** The task as it stands. */
    ModelAndView task(UUID task, String person, String requestId, Asking asking) {
        var row = worklist.task(task, person, requestId).orElseThrow(TaskAnswers::unknown);
        return answer(row, HttpStatus.OK, asking);
    }

    /** The task with a form under it. */
    ModelAndView form(DecisionForm form, String person, String requestId, Asking asking) {
        var row = worklist.task(form.task(), person, requestId).orElseThrow(TaskAnswers::unknown);
        var status = form.problems().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
        return answer(row, status, asking).addObject("form", form);
    }

    /**
     * What came of a click.
     *
     * @param notice code of what to say where it was done
     */
    ModelAndView of(ClickResult result, Click click, String notice, Asking asking) {
        return switch (result) {
            case ClickResult.Done() when !asking.htmx() -> new ModelAndView("redirect:" + asking.backWith(notice));
            case ClickResult.Done() ->
                answer(row(click), HttpStatus.OK, asking)
                        .addObject("notice", notice)
                        .addObject("siblings", worklist.siblings(row(click)));
            case ClickResult.Lost(var to) ->
                answer(row(click), HttpStatus.CONFLICT, asking).addObject("lost", to);
            case ClickResult.Unknown() -> throw unknown();
        };
    }

    private WorklistRow row(Click click) {
        return worklist.find(click.task()).orElseThrow(TaskAnswers::unknown);
    }

    private static ModelAndView answer(WorklistRow row, HttpStatusCode status, Asking asking) {
        var answer = new ModelAndView(asking.htmx() ? "worklist/answer" : "worklist/task")
                .addObject("row", row)
                .addObject("clicked", row.task())
                .addObject("back", asking.back());
        answer.setStatus(status);
        return answer;
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
