package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One's own account: the password, and where one is logged in. */
@Controller
@RequestMapping("/account")
class AccountController {

    private final Logins logins;
    private final Sessions sessions;
    private final Entrances entrances;
    private final PeopleSettings settings;

    AccountController(Logins logins, Sessions sessions, Entrances entrances, PeopleSettings settings) {
        this.logins = logins;
        this.sessions = sessions;
        this.entrances = entrances;
        this.settings = settings;
    }

    @GetMapping
    ModelAndView show(@RequestParam(required = false) @Nullable String notice, HttpServletRequest request) {
        return page(List.of(), request).addObject("notice", notice);
    }

    @PostMapping("/password")
    ModelAndView change(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String wanted,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response) {
        var account = account();
        return switch (logins.change(account, current, wanted, repeated, LoginController.from(request))) {
            case Logins.Change.Done() -> {
                entrances.enter(account, request, response);
                yield new ModelAndView(
                        account.mustChange() ? "redirect:/" : "redirect:/account?notice=password-changed");
            }
            case Logins.Change.Refused(var problems) -> {
                var page = page(problems, request);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield page;
            }
        };
    }

    @PostMapping("/sessions/end")
    String endOthers(HttpServletRequest request) {
        sessions.endOthers(account().id(), DoorCookie.SESSION.in(request).orElse(""));
        return "redirect:/account?notice=sessions-ended";
    }

    private ModelAndView page(List<String> problems, HttpServletRequest request) {
        var account = account();
        return new ModelAndView("people/account")
                .addObject("account", account)
                .addObject("problems", problems)
                .addObject("shortest", settings.minPasswordLength())
                .addObject(
                        "sessions",
                        sessions.of(account.id(), DoorCookie.SESSION.in(request).orElse("")));
    }

    private static Account account() {
        return SessionFilter.account().orElseThrow(() -> new IllegalStateException("Nobody is logged in."));
    }
}
