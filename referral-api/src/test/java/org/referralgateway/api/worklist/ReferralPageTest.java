package org.referralgateway.api.worklist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.worklist.Browser.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a referral, in a real browser. */
class ReferralPageTest {

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
    void showsWhatWasUnderstoodBesideWhatWasReceived() throws Exception {
        var referral = DATA.referral("01-crps-after-wrist-fracture", now);
        var page = browser.as("Robin Ash");
        page.navigate("/referrals/" + referral);

        assertThat(page.locator("h1")).hasText("Hazel M Rowanberry");
        assertThat(page.locator("section[aria-labelledby=summary]")).containsText("CRPS type I");
        page.getByText("Show the payload").click();
        assertThat(page.locator("pre")).containsText("\"resourceType\" : \"Bundle\"");
        page.getByText("Show where each field came from").click();
        assertAccessible(page, "referral");

        var download = page.waitForDownload(() -> page.getByText("Download it").click());
        assertThat(Files.readAllBytes(download.path())).isEqualTo(PagesFixture.sample("01-crps-after-wrist-fracture"));
    }

    @Test
    void showsWhatThePlacerChangedAndThatItCalledTheReferralOff() {
        var number = org.referralgateway.api.Referrals.newNumber();
        var gateway = PagesGateway.instance();
        var body = org.referralgateway.api.Referrals.aReferral(number);
        var id = gateway.post("/ServiceRequest", body).referral();
        var put = body.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
        gateway.put("/ServiceRequest/" + id, put.replace("555-0101", "555-0199").replace("\"urgent\"", "\"stat\""));
        gateway.put("/ServiceRequest/" + id, put.replace("\"active\",\n  \"intent\"", "\"revoked\",\n  \"intent\""));
        var page = browser.as("Robin Ash");
        page.navigate("/referrals/" + id);

        assertThat(page.locator("section[aria-labelledby=changes] ins")).hasText(new String[] {"stat", "555-0199"});
        assertThat(page.locator("section[aria-labelledby=changes]")).containsText("matters for triage");
        assertThat(page.locator("main > .notice")).hasText("The placer called this referral off.");
        assertAccessible(page, "referral with changes");
    }

    @Test
    void showsWhatWaits() {
        var gateway = PagesGateway.instance();
        var missing = org.referralgateway.api.Referrals.newNumber();
        gateway.post("/ServiceRequest", """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "subject": {"reference": "Patient/%s"}, "code": {"text": "Referral"}}""".formatted(missing));
        var page = browser.as("Robin Ash");
        page.navigate("/waiting");

        assertThat(page.locator("tbody")).containsText("Patient/" + missing);
        assertAccessible(page, "waiting");
    }

    @Test
    void showsFirstWhatToHeedAndThenFormsProceduresAndWhatWasNotRead() {
        var body = org.referralgateway.api.Referrals.aReferral(org.referralgateway.api.Referrals.newNumber())
                .replaceFirst("\"contained\": \\[", """
                        "orderDetail": [{"coding": [{"code": "contacting-subject-prohibited"}]}],
                        "contained": [
                          {"resourceType": "Flag", "id": "f", "status": "active", "subject": {"reference": "#p"},
                           "code": {"text": "Deaf: send text messages"}, "category": [{"text": "Reasonable adjustments"}]},
                          {"resourceType": "Consent", "id": "k", "status": "active", "scope": {"text": "privacy"},
                           "category": [{"text": "Research"}], "patient": {"reference": "#p"}, "policyRule": {"text": "x"},
                           "provision": {"type": "deny"}},
                          {"resourceType": "Procedure", "id": "pr", "status": "completed", "subject": {"reference": "#p"},
                           "code": {"text": "Stellate ganglion block"}, "performedDateTime": "2026-02", "outcome": {"text": "two weeks of relief"}},
                          {"resourceType": "MedicationStatement", "id": "m", "status": "stopped", "subject": {"reference": "#p"},
                           "medicationCodeableConcept": {"text": "gabapentin"}, "note": [{"text": "pain 8 before and after"}]},
                          {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": {"reference": "#p"},
                           "type": {"text": "Letter"}, "content": [{"attachment": {"contentType": "text/plain", "data": "QnVybmluZyBwYWluLg=="}}]},
                          {"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "subject": {"reference": "#p"},
                           "item": [{"linkId": "1", "text": "Pain at night?", "answer": [{"valueBoolean": true}]}]},
                          {"resourceType": "FamilyMemberHistory", "id": "h", "status": "completed", "patient": {"reference": "#p"},
                           "relationship": {"text": "mother"}},
                        """);
        var referral = PagesGateway.instance().post("/ServiceRequest", body).referral();
        var page = browser.as("Robin Ash");
        page.navigate("/referrals/" + referral);

        var heed = page.locator("main > .heed");
        assertThat(heed).containsText("Do not contact this person");
        assertThat(heed).containsText("Consent withheld");
        assertThat(heed).containsText("Deaf: send text messages");
        var summary = page.locator("section[aria-labelledby=summary]");
        assertThat(summary).containsText("Stellate ganglion block");
        assertThat(summary).containsText("pain 8 before and after");
        assertThat(summary).containsText("Pain at night?");
        page.getByText("Read it").click();
        assertThat(summary).containsText("Burning pain.");
        page.getByText("Show what was not read").click();
        assertThat(page.locator("section[aria-labelledby=received]")).containsText("relationship");
        assertAccessible(page, "referral with everything");
    }

    @Test
    void saysWhatWasAssumedAndNotUnderstood() {
        var referral = DATA.referral("05-chemotherapy-neuropathy", now);
        var page = browser.as("Robin Ash", options -> options.setColorScheme(ColorScheme.DARK));
        page.navigate("/referrals/" + referral);

        assertThat(page.locator("section[aria-labelledby=summary] dl.facts"))
                .containsText("assumed: the referrer stated none");
        assertThat(page.locator("section[aria-labelledby=issues]")).containsText("priority");
        assertAccessible(page, "referral dark");
    }

    @Test
    void canBeDecidedOnAndTellsTheStory() {
        var referral = DATA.referral("03-chronic-migraine", now);
        DATA.task(referral, "triage", now, now.plusSeconds(3600), "requested", null);
        var page = browser.as("Maria Lopez");
        page.navigate("/referrals/" + referral);
        page.locator("section[aria-labelledby=tasks] button")
                .getByText("Accept")
                .click();

        assertThat(page.locator("main > .notice")).hasText("The referral is accepted.");
        assertThat(page.locator(".stage")).hasText("Accepted");
        var history = page.locator("section[aria-labelledby=history]");
        assertThat(history).containsText("Decision sent to the referrer");
        assertThat(history).containsText("referral.accepted");
        assertThat(history).containsText("Maria Lopez");
        assertThat(DATA.statuses(referral)).containsExactly("coordination accepted", "triage completed");
        assertAccessible(page, "referral decided");
    }

    @Test
    void showsMarkupOfASenderAsText() {
        var referral = DATA.referral("10-text-only-little-known", now, "<img src=x onerror=alert(1)>");
        var page = browser.as("Robin Ash");
        page.navigate("/referrals/" + referral);

        assertThat(page.locator(".written").first()).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("main img")).hasCount(0);
    }

    @Test
    void saysPlainlyThatThereIsNothing() {
        Page page = browser.as("Robin Ash");
        for (var path :
                new String[] {"/referrals/" + UUID.randomUUID(), "/nothing", "/worklist/tasks/" + UUID.randomUUID()}) {
            var answer = page.navigate(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(page.locator("h1")).hasText("Not found");
        }
        assertAccessible(page, "not found");
    }
}
