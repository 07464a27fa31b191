package org.referralgateway.api.worklist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.worklist.Browser.assertAccessible;

import com.microsoft.playwright.Locator;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log, in a real browser, with what clicks on the other pages leave in it. */
class LogPageTest {

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

    @Test
    void showsEventsAsTheyComeAndWhereTheyLie() {
        var referral = DATA.referral("03-chronic-migraine", now);
        var task = DATA.task(referral, "triage", now, null, "requested", null);
        var auditor = browser.as("Maria Lopez");
        auditor.navigate("/log?follow=true&referral=" + referral);
        assertThat(auditor.locator("#event-rows tr")).hasCount(0);

        var coordinator = browser.as("Robin Ash");
        coordinator.navigate("/referrals/" + referral);
        coordinator.locator("#claim-" + task).click();

        assertThat(auditor.locator("#event-rows")).containsText("task.changed.v1");
        assertThat(auditor.locator("#action-rows")).containsText("task.claimed");
        assertThat(auditor.locator("#event-rows tr").first()).containsText("partition:offset");
        assertThat(auditor.locator("#announcement")).containsText("New:");
        auditor.getByText("Payload of event").first().click();
        assertAccessible(auditor, "log followed");
        assertThat(DATA.actions("log.viewed", referral))
                .as("following leaves no rows of its own")
                .isEqualTo(1);
    }

    @Test
    void filters() {
        var referral = DATA.referral("03-chronic-migraine", now);
        DATA.task(referral, "triage", now, null, "requested", null);
        var page = browser.as("Robin Ash");
        page.navigate("/referrals/" + referral);

        page.navigate("/log");
        page.getByLabel("Referral id").fill(referral.toString());
        page.getByLabel("Type or action begins with").fill("referral.v");
        page.locator("form.filter button").click();
        assertThat(page.locator("#action-rows tr")).hasCount(1);
        assertThat(page.locator("section[aria-labelledby=events]")).containsText("No event matches.");
        assertAccessible(page, "log filtered");

        page.navigate("/log?from=2000-01-01T00:00&to=2000-01-02T00:00");
        assertThat(page.locator("#action-rows tr")).hasCount(0);
    }

    @Test
    void offersParkedRecordsForRelease() {
        DATA.parked("no-such-topic", 3, 42);
        var page = browser.as("Robin Ash");
        page.navigate("/log");
        assertThat(page.locator(".parked")).containsText("no-such-topic 3:42");
        assertAccessible(page, "log parked");

        // Other tests may have left parked records of their own.
        var row = page.locator(".parked tr").filter(new Locator.FilterOptions().setHasText("no-such-topic 3:42"));
        row.locator("button").getByText("Release").click();
        assertThat(page.locator("main > .notice")).containsText("still cannot be used");
        row.locator("button").getByText("Give up").click();
        assertThat(page.locator("main > .notice")).containsText("given up");
        assertThat(row).hasCount(0);
    }
}
