package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.people.Logins.From;
import org.referralgateway.api.platform.LocalPath;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Coming in and going out. */
@Controller
class LoginController {

    private final Logins logins;
    private final Entrances entrances;
    private final Optional<Provider> provider;

    LoginController(Logins logins, Entrances entrances, ObjectProvider<Provider> provider) {
        this.logins = logins;
        this.entrances = entrances;
        this.provider = Optional.ofNullable(provider.getIfAvailable());
    }

    /**
     * @param back where the visitor wanted to go
     * @param problem code of why they are here again
     */
    @GetMapping("/login")
    String show(
            @RequestParam(required = false) @Nullable String back,
            @RequestParam(required = false) @Nullable String problem,
            CsrfToken token,
            Model model) {
        var to = LocalPath.or("/", back);
        if (SessionFilter.account().isPresent()) {
            return "redirect:" + to;
        }
        // Asked for now, because it comes with a cookie, and cookies come before the page.
        model.addAttribute("token", token.getToken());
        model.addAttribute("back", to);
        model.addAttribute("problem", problem);
        model.addAttribute("provider", provider.isPresent());
        model.addAttribute(
                "providerLogout", provider.flatMap(Provider::logoutPage).orElse(null));
        return "people/login";
    }

    @PostMapping("/login")
    String login(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        var to = LocalPath.or("/", back);
        // Where a provider vouches for people, a password of ours opens nothing.
        if (provider.isPresent()
                || login.length() > PasswordRules.LONGEST
                || password.length() > PasswordRules.LONGEST) {
            return again("refused", to);
        }
        return switch (logins.attempt(login, password, from(request))) {
            case Logins.Result.In(var account) -> {
                entrances.enter(account, request, response);
                yield "redirect:" + (account.mustChange() ? "/account" : to);
            }
            case Logins.Result.Refused() -> again("refused", to);
            case Logins.Result.Busy() -> again("busy", to);
        };
    }

    @PostMapping("/logout")
    String logout(HttpServletRequest request, HttpServletResponse response) {
        entrances.leave(from(request), request, response);
        return "redirect:/login?problem=out";
    }

    private static String again(String problem, String back) {
        return "redirect:/login?problem=" + problem + "&back=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
    }

    static From from(HttpServletRequest request) {
        return new From(request.getRemoteAddr(), RequestIds.of(request));
    }
}
