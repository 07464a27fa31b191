package org.referralgateway.api.worklist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.worklist.Browser.assertAccessible;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worklist as people use it, in a real browser. */
class WorklistPageTest {

    private static final PagesFixture DATA =
            new PagesFixture(PagesGateway.instance().db());
    private static Browser browser;
    private final Instant now = Instant.now();

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open(PagesGateway.instance());
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void nothingToDo() {
        DATA.closeEverything();
    }

    private UUID triage(String sample, Duration age, Duration due) {
        var referral = DATA.referral(sample, now.minus(age));
        return DATA.task(referral, "triage", now.minus(age), now.plus(due), "requested", null);
    }

    private static Locator task(Page page, UUID task) {
        return page.locator("#task-" + task);
    }

    @Test
    void saysThatNothingIsWaiting() {
        var page = browser.as("Robin Ash");
        page.navigate("/");

        assertThat(page.locator(".empty")).containsText("Nothing is waiting.");
        assertAccessible(page, "worklist empty");
    }

    @Test
    void showsTheMostUrgentFirstAndSaysWhatIsOverdueAndMissing() {
        var routine = triage("10-text-only-little-known", Duration.ofDays(3), Duration.ofDays(-1));
        var later = triage("09-nerve-injury-after-hernia-repair", Duration.ofHours(3), Duration.ofDays(2));
        var sooner = triage("06-spinal-cord-injury-pain", Duration.ofHours(5), Duration.ofHours(-6));
        var asap = triage("12-urgent-cancer-plexopathy", Duration.ofHours(1), Duration.ofDays(1));
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");

        assertThat(page.locator("table.work > tbody").evaluateAll("rows => rows.map(row => row.id)"))
                .asString()
                .isEqualTo("[task-" + asap + ", task-" + sooner + ", task-" + later + ", task-" + routine + "]");
        assertThat(task(page, sooner)).containsText("overdue by 6 h");
        assertThat(task(page, routine)).containsText("3 days");
        assertThat(task(page, routine)).containsText("patient's phone");
        assertAccessible(page, "worklist full");
    }

    @Test
    void canBeReadInTheDarkAndAtTwiceTheSize() {
        triage("10-text-only-little-known", Duration.ofDays(3), Duration.ofDays(-1));
        triage("12-urgent-cancer-plexopathy", Duration.ofHours(1), Duration.ofDays(1));
        var dark = browser.as("Robin Ash", options -> options.setColorScheme(ColorScheme.DARK));
        dark.navigate("/worklist");
        assertAccessible(dark, "worklist dark");

        // 1280 pixels at 200 % are 640
        var zoomed = browser.as("Robin Ash", options -> options.setViewportSize(640, 450));
        zoomed.navigate("/worklist");
        assertAccessible(zoomed, "worklist zoomed");
        assertThat(zoomed.evaluate("document.documentElement.scrollWidth"))
                .as("nothing runs out of the window to the side")
                .isEqualTo(640);
    }

    @Test
    void filtersAndCanBeReset() {
        var mine = triage("03-chronic-migraine", Duration.ofHours(2), Duration.ofDays(1));
        var other = triage("02-post-herpetic-neuralgia", Duration.ofHours(2), Duration.ofDays(1));
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");

        page.getByLabel("Condition").selectOption("chronic-migraine");
        page.locator("form.filter button").click();
        assertThat(task(page, mine)).isVisible();
        assertThat(task(page, other)).hasCount(0);
        assertThat(page.locator(".sum")).containsText("1 task of 2 open");

        page.getByText("Reset").click();
        assertThat(task(page, other)).isVisible();

        page.navigate("/worklist?task=no-such-task");
        assertThat(page.locator(".empty")).containsText("No open task matches.");
        assertAccessible(page, "worklist nothing matches");
    }

    @Test
    void oneOfTwoPeopleWhoClaimTheSameTaskWinsAndTheOtherIsToldWho() {
        var task = triage("03-chronic-migraine", Duration.ofHours(2), Duration.ofDays(1));
        var maria = browser.as("Maria Lopez");
        var robin = browser.as("Robin Ash");
        maria.navigate("/worklist");
        robin.navigate("/worklist");

        maria.locator("#claim-" + task).click();
        assertThat(task(maria, task)).containsText("The task is yours.");

        var answer = robin.waitForResponse(
                response -> response.url().endsWith("/claim"),
                () -> robin.locator("#claim-" + task).click());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(task(robin, task).locator(".lost")).containsText("Maria Lopez took this");
        assertThat(task(robin, task).locator("td[data-label=Owner]")).hasText("Maria Lopez");
        assertAccessible(robin, "worklist conflict");
    }

    @Test
    void declinesOnlyWithAReason() {
        var task = triage("07-fibromyalgia-unclear-history", Duration.ofHours(2), Duration.ofDays(1));
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");

        page.locator("#decline-" + task).click();
        assertThat(page.locator("#reason-" + task)).isFocused();
        assertAccessible(page, "decline form");

        page.getByText("Decline the referral").click();
        assertThat(page.locator(".problems")).containsText("Choose why the referral is declined.");
        assertThat(page.locator(".problems")).isFocused();
        assertAccessible(page, "decline form with error");

        page.locator("#reason-" + task).selectOption("criteria-not-met");
        page.locator("#note-" + task).fill("Only one drug was tried.");
        page.getByText("Decline the referral").click();
        assertThat(task(page, task)).containsText("The referral is declined.");
        assertThat(DATA.status(task)).isEqualTo("completed");
        assertAccessible(page, "declined");
    }

    @Test
    void asksForWhatIsMissingAndTakesTheOtherRowsOfTheReferralAlong() {
        var referral = DATA.referral("10-text-only-little-known", now.minus(Duration.ofHours(2)));
        var check = DATA.task(referral, "completeness-check", now, now.plusSeconds(3600), "requested", null);
        var triage = DATA.task(referral, "triage", now, now.plusSeconds(7200), "requested", null);
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");

        page.locator("#ask-" + check).click();
        assertThat(page.getByLabel("allergies (missing)")).isChecked();
        assertThat(page.getByLabel("weight")).not().isChecked();
        assertAccessible(page, "ask form");

        page.getByText("Ask the referrer").click();
        assertThat(task(page, check)).containsText("The referrer is asked for information.");
        assertThat(task(page, triage)).containsText("Awaiting information");
        assertThat(DATA.status(check)).isEqualTo("completed");
        assertThat(DATA.status(triage)).isEqualTo("requested");
    }

    @Test
    void acceptsWithoutScript() {
        var task = triage("03-chronic-migraine", Duration.ofHours(2), Duration.ofDays(1));
        var page = browser.as("Robin Ash", options -> options.setJavaScriptEnabled(false));
        page.navigate("/worklist?condition=chronic-migraine");

        page.locator("#accept-" + task).click();
        assertThat(page.locator("main > .notice")).hasText("The referral is accepted.");
        assertThat(page.url()).contains("condition=chronic-migraine");
        assertThat(DATA.status(task)).isEqualTo("completed");
    }

    @Test
    void declinesWithoutScriptAndTellsTheLoserOnAPage() {
        var task = triage("03-chronic-migraine", Duration.ofHours(2), Duration.ofDays(1));
        var page = browser.as("Robin Ash", options -> options.setJavaScriptEnabled(false));
        var late = browser.as("Maria Lopez", options -> options.setJavaScriptEnabled(false));
        page.navigate("/worklist");
        late.navigate("/worklist");

        page.locator("#decline-" + task).click();
        page.getByText("Decline the referral").click();
        assertThat(page.locator(".problems")).isVisible();
        page.locator("#reason-" + task).selectOption("duplicate-referral");
        page.getByText("Decline the referral").click();
        assertThat(page.locator("main > .notice")).hasText("The referral is declined.");

        late.locator("#accept-" + task).click();
        assertThat(late.locator(".lost")).containsText("Robin Ash completed this");
        assertThat(late.locator("table.work button")).hasCount(0);
    }

    @Test
    void canBeWorkedWithTheKeyboardAlone() {
        var task = triage("03-chronic-migraine", Duration.ofHours(2), Duration.ofDays(1));
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");

        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*#main"));

        page.locator("#claim-" + task).focus();
        page.keyboard().press("Enter");
        assertThat(task(page, task).locator(".notice")).isFocused();
        page.keyboard().press("Tab");
        assertThat(task(page, task).locator(".patient")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#accept-" + task)).isFocused();
        page.keyboard().press("Enter");
        assertThat(task(page, task)).containsText("The referral is accepted.");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        var referral = DATA.referral("03-chronic-migraine", now.minus(Duration.ofHours(2)));
        for (int i = 0; i < Worklist.PAGE + 1; i++) {
            DATA.task(
                    referral,
                    "request-test-" + i,
                    now,
                    i % 3 == 0 ? null : now.plusSeconds(60L * (i / 2)),
                    "requested",
                    null);
        }
        var page = browser.as("Robin Ash");
        page.navigate("/worklist");
        var first = page.locator("table.work > tbody")
                .evaluateAll("rows => rows.map(row => row.id)")
                .toString();

        page.getByText("Next page").click();
        assertThat(page.locator("table.work > tbody")).hasCount(1);
        assertThat(first).doesNotContain(page.locator("table.work > tbody").getAttribute("id"));
        assertThat(page.getByText("Next page")).hasCount(0);
        assertAccessible(page, "worklist last page");
    }
}
