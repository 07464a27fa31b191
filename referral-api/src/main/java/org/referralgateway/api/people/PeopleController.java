package org.referralgateway.api.people;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who may log in, and as what; for the administrator. A generated password is shown in the answer to the click, once. */
@Controller
@RequestMapping("/people")
class PeopleController {

    private final Accounts accounts;
    private final TransactionTemplate transaction;
    private final PeopleSettings settings;

    PeopleController(Accounts accounts, TransactionTemplate transaction, PeopleSettings settings) {
        this.accounts = accounts;
        this.transaction = transaction;
        this.settings = settings;
    }

    @GetMapping
    ModelAndView list() {
        return new ModelAndView("people/list")
                .addObject("people", accounts.all())
                .addObject("roles", Stream.of(Role.values()).map(Role::wireName).toList());
    }

    @PostMapping
    ModelAndView open(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable List<String> roles) {
        var result =
                accounts(() -> accounts.open(login, name, roles(roles), Set.of(), settings.firstPasswordValid(), by()));
        var answer = answer(result);
        return result instanceof Accounts.Result.Refused
                ? answer.addObject("wantedLogin", login).addObject("wantedName", name)
                : answer;
    }

    @PostMapping("/{login}/roles")
    ModelAndView giveRoles(@PathVariable String login, @RequestParam(required = false) @Nullable List<String> roles) {
        return ofAnother(login, () -> accounts.giveRoles(login, roles(roles), by()));
    }

    @PostMapping("/{login}/reset")
    ModelAndView reset(@PathVariable String login) {
        return ofAnother(login, () -> accounts.reset(login, settings.firstPasswordValid(), by()));
    }

    @PostMapping("/{login}/close")
    ModelAndView close(@PathVariable String login) {
        return ofAnother(login, () -> accounts.close(login, by()));
    }

    @PostMapping("/{login}/reopen")
    ModelAndView reopen(@PathVariable String login) {
        return ofAnother(login, () -> accounts.reopen(login, by()));
    }

    /** Nobody changes what they themselves may: one click too many would leave nobody who could undo it. */
    private ModelAndView ofAnother(String login, java.util.function.Supplier<Accounts.Result> change) {
        return login.equals(account().login())
                ? answer(new Accounts.Result.Refused("That is your own account: another administrator has to do it."))
                : answer(accounts(change));
    }

    private Accounts.Result accounts(java.util.function.Supplier<Accounts.Result> change) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> change.get()));
    }

    private ModelAndView answer(Accounts.Result result) {
        var page = list();
        switch (result) {
            case Accounts.Result.Opened opened -> page.addObject("opened", opened);
            case Accounts.Result.Changed(var login, var name) -> page.addObject("changed", name);
            case Accounts.Result.Refused(var why) -> {
                page.addObject("refused", why);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            }
        }
        return page;
    }

    private static Set<Role> roles(@Nullable List<String> names) {
        return names == null
                ? Set.of()
                : names.stream().map(Role::of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static Account account() {
        return SessionFilter.account().orElseThrow(() -> new IllegalStateException("Nobody is logged in."));
    }

    private static String by() {
        return account().actor();
    }
}
