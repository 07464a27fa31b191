package org.referralgateway.api.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.worklist.Browser.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.worklist.Browser;

/** The door as people see it, in a real browser. */
class DoorPagesTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final TestPeople PEOPLE = GATEWAY.people();
    private static Browser browser;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open(GATEWAY);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void logIn(Page page, String login, String password) {
        page.getByLabel("Login").fill(login);
        page.getByLabel("Password").fill(password);
        page.locator("main button").click();
    }

    private static TestPeople.Session somebody(Role... roles) {
        return PEOPLE.login(PEOPLE.open("Person " + UUID.randomUUID(), roles));
    }

    @Test
    void someoneComesInAndGoesOut() {
        var login = PEOPLE.open("Person " + UUID.randomUUID(), Role.COORDINATOR);
        var page = browser.stranger();
        page.navigate("/waiting");
        assertThat(page).hasTitle("Log in – Referral gateway");
        assertAccessible(page, "login");

        logIn(page, login, "not this");
        assertThat(page.locator("[role=alert].problems")).containsText("That is not right");
        assertAccessible(page, "login refused");

        logIn(page, login, TestPeople.PASSWORD);
        assertThat(page.locator("h1")).hasText("Waiting");
        page.getByText("Log out").click();
        assertThat(page.locator(".notice")).hasText("You are logged out.");
        page.goBack();
        page.reload();
        assertThat(page).hasTitle("Log in – Referral gateway");
    }

    @Test
    void theDoorWorksInTheDarkWithoutScriptAndAtTwiceTheSize() {
        var login = PEOPLE.open("Person " + UUID.randomUUID(), Role.COORDINATOR);
        var page = browser.stranger(options -> options.setColorScheme(ColorScheme.DARK)
                .setJavaScriptEnabled(false)
                .setViewportSize(640, 450));
        page.navigate("/login");
        logIn(page, login, TestPeople.PASSWORD);
        assertThat(page.locator("h1")).hasText("Worklist");

        var dark = browser.stranger(
                options -> options.setColorScheme(ColorScheme.DARK).setViewportSize(640, 450));
        dark.navigate("/login");
        assertAccessible(dark, "login dark");
        assertThat(dark.evaluate("document.documentElement.scrollWidth")).isEqualTo(640);
    }

    @Test
    void whoComesWithAFirstPasswordMustChooseOneOfTheirOwn() {
        var administrator = browser.as(somebody(Role.ADMINISTRATOR));
        administrator.navigate("/");
        assertThat(administrator.locator("h1")).hasText("People");
        var login = "new." + UUID.randomUUID();
        administrator
                .getByLabel("Login", new Page.GetByLabelOptions().setExact(true))
                .fill(login);
        administrator
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill("New " + UUID.randomUUID());
        administrator.locator("#new-coordinator").check();
        administrator.getByText("Open it").click();
        var first = administrator.locator("#first-password").textContent();
        assertThat(first).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        // Other tests leave hundreds of people behind; a few rows are looked at instead of all.
        administrator.evaluate("document.querySelectorAll('tbody tr:nth-child(n+6)').forEach(row => row.remove())");
        assertAccessible(administrator, "people");

        var page = browser.stranger();
        page.navigate("/worklist");
        logIn(page, login, first);
        assertThat(page.locator("h1")).hasText("Your account");
        page.navigate("/worklist");
        assertThat(page.locator("h1")).hasText("Your account");
        assertAccessible(page, "first password");

        change(page, first, "short");
        assertThat(page.locator(".problems")).containsText("too short");
        change(page, first, "referral gateway 1");
        assertThat(page.locator(".problems")).containsText("among the first that somebody would try");
        assertAccessible(page, "password refused");
        change(page, "wrong", "seven green lanterns float");
        assertThat(page.locator(".problems")).containsText("The current password is not right.");
        change(page, first, "seven green lanterns float");
        assertThat(page.locator("h1")).hasText("Worklist");

        var again = browser.stranger();
        again.navigate("/login");
        logIn(again, login, first);
        assertThat(again.locator(".problems")).containsText("That is not right");
        logIn(again, login, "seven green lanterns float");
        assertThat(again.locator("h1")).hasText("Worklist");
    }

    private static void change(Page page, String current, String wanted) {
        page.getByLabel("Current password").fill(current);
        page.locator("#wanted").fill(wanted);
        page.locator("#repeated").fill(wanted);
        page.getByText("Change it").click();
    }

    @Test
    void someoneCanLogOutEverywhereElse() {
        var login = PEOPLE.open("Person " + UUID.randomUUID(), Role.COORDINATOR);
        var here = browser.as(PEOPLE.login(login));
        var there = browser.as(PEOPLE.login(login));
        here.navigate("/account");
        assertThat(here.locator("section[aria-labelledby=sessions] li")).hasCount(2);
        assertAccessible(here, "account");
        here.getByText("Log out everywhere else").click();
        assertThat(here.locator("section[aria-labelledby=sessions] li")).hasCount(1);

        there.navigate("/worklist");
        assertThat(there).hasTitle("Log in – Referral gateway");
    }

    @Test
    void aClosedDoorSaysSo() {
        var page = browser.as(somebody(Role.COORDINATOR));
        assertThat(page.navigate("/log").status()).isEqualTo(403);
        assertThat(page.locator("h1")).hasText("Not for you");
        assertAccessible(page, "not for you");
    }

    @Test
    void anAuditorReadsAndVerifiesAndChangesNothing() {
        GATEWAY.db().sql("""
                        insert into parked_record (topic, partition, "offset", headers, data, state, reason, parked_at)
                        values ('nothing-to-click', 0, 1, '{}', 'not json'::bytea, 'quarantined', 'bad-header', now())
                        on conflict do nothing
                        """).update();
        var auditor = browser.as(somebody(Role.AUDITOR));
        auditor.navigate("/log");
        assertThat(auditor.locator(".parked")).containsText("nothing-to-click");
        // Verifying changes nothing; it is a form because it costs something.
        assertThat(auditor.locator("main form[method=post]:not([action='/log/verify'])"))
                .hasCount(0);
        assertThat(auditor.locator("main a[href^='/referrals/']")).hasCount(0);

        var operator = browser.as(somebody(Role.OPERATOR));
        operator.navigate("/log");
        assertThat(operator.locator(".parked form[method=post]").first()).isVisible();
    }

    @Test
    void aLogThatIsFollowedLeadsToTheLoginWhenTheSessionIsOver() {
        var session = somebody(Role.AUDITOR);
        var page = browser.as(session);
        page.navigate("/log?follow=true");
        GATEWAY.db()
                .sql("delete from person_session where token_hash = :hash")
                .param("hash", Sessions.hash(session.value()))
                .update();
        page.waitForURL("**/login?back=*");
        assertThat(page.locator("h1")).hasText("Log in");
    }

    @Test
    void theAdministratorChangesRolesAndClosesAccounts() {
        var login = PEOPLE.open("Person " + UUID.randomUUID(), Role.COORDINATOR);
        var theirs = PEOPLE.login(login);
        var page = browser.as(somebody(Role.ADMINISTRATOR));
        page.navigate("/people");
        page.locator("[id='" + login + "-auditor']").check();
        page.locator("form[action='/people/" + login + "/roles'] button").click();
        assertThat(page.locator("main > .notice")).containsText("Changed");
        assertThat(GATEWAY.db()
                        .sql("select array_to_string(roles, ',') from account where login = :login")
                        .param("login", login)
                        .query(String.class)
                        .single())
                .isEqualTo("coordinator,auditor");

        page.locator("form[action='/people/" + login + "/close'] button").click();
        assertThat(page.locator("main > .notice")).containsText("Changed");
        var out = browser.as(theirs);
        out.navigate("/worklist");
        assertThat(out).hasTitle("Log in – Referral gateway");
    }
}
