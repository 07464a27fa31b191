package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What senders and visitors write is shown as they wrote it, and never run: two hundred tries in every field, in a browser. */
class HostileTextTest {

    private static final PagesFixture DATA =
            new PagesFixture(PagesGateway.instance().db());
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TEXT_FIELDS = Set.of(
            "text", "display", "family", "given", "line", "city", "description", "title", "patientInstruction", "name");
    private static Browser browser;

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

    private static List<String> tries() {
        var run = "window.ran=1";
        var wrappings = List.of(
                "%s",
                "\">%s",
                "'>%s",
                "</textarea>%s",
                "</title>%s",
                "</script>%s",
                "-->%s",
                "]]>%s",
                "${%s}",
                "[[%s]]",
                "[(%s)]",
                "__${%s}__",
                "\u0000%s",
                "\u202e%s",
                "&quot;&gt;%s",
                "%%3C%s");
        var cores = List.of(
                "<script>" + run + "</script>",
                "<img src=x onerror=" + run + ">",
                "<svg onload=" + run + ">",
                "<svg><script>" + run + "</script></svg>",
                "<iframe srcdoc=\"<script>parent." + run + "</script>\">",
                "<a href=javascript:" + run + ">x</a>",
                "<body onload=" + run + ">",
                "<input autofocus onfocus=" + run + ">",
                "<details open ontoggle=" + run + ">",
                "<style>@import 'https://elsewhere.example/x'</style>",
                "<div hx-get=https://elsewhere.example hx-trigger=load>",
                "<link rel=stylesheet href=https://elsewhere.example>",
                "<meta http-equiv=refresh content=0;url=https://elsewhere.example>");
        var tries = new ArrayList<String>();
        for (var wrapping : wrappings) {
            for (var core : cores) {
                tries.add(wrapping.formatted(core).replace("\u0000", ""));
            }
        }
        return tries;
    }

    /** Puts a text into every field that is for people to read. */
    private static void fill(JsonNode node, String text) {
        if (node instanceof ObjectNode object) {
            for (var field : List.copyOf(object.propertyNames())) {
                var value = object.get(field);
                if (TEXT_FIELDS.contains(field) && value.isString()) {
                    object.put(field, text);
                } else if (TEXT_FIELDS.contains(field) && value instanceof ArrayNode array && isOfStrings(array)) {
                    object.putArray(field).add(text);
                } else {
                    fill(value, text);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(each -> fill(each, text));
        }
    }

    private static boolean isOfStrings(ArrayNode array) {
        return !array.isEmpty() && array.get(0).isString();
    }

    private static UUID referral(String text, Instant at) {
        var tree = JSON.readTree(PagesFixture.sample("02-post-herpetic-neuralgia"));
        fill(tree, text);
        return DATA.referral(JSON.writeValueAsBytes(tree), at);
    }

    /** A page that counts what it must not do. */
    private static Page watched(List<String> problems) {
        var page = browser.as("Robin Ash");
        page.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " event => console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI))");
        page.onDialog(dialog -> {
            problems.add("dialog");
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.text().startsWith("CSP ") || message.text().contains("Content Security Policy")) {
                problems.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(PagesGateway.instance().base())) {
                problems.add("request to " + request.url());
            }
        });
        return page;
    }

    private static void judge(Page page, String what, List<String> problems) {
        if (page.evaluate("window.ran") != null) {
            problems.add("ran: " + what);
        }
    }

    @Test
    void whatASenderWritesIsShownAndNeverRun() {
        DATA.closeEverything();
        var problems = new ArrayList<String>();
        var page = watched(problems);
        var now = Instant.now();
        var tries = tries();
        assertThat(tries).hasSizeGreaterThanOrEqualTo(200);
        int shown = 0;
        for (var text : tries) {
            var referral = referral(text, now);
            page.navigate("/referrals/" + referral);
            judge(page, text, problems);
            if (page.locator("main").textContent().contains(text.strip())) {
                shown++;
            }
        }
        assertThat(problems).isEmpty();
        assertThat(shown).as("it was there to be seen").isGreaterThan(tries.size() * 9 / 10);

        for (var next = "/worklist"; next != null; ) {
            page.navigate(next);
            judge(page, next, problems);
            var more = page.getByText("Next page");
            next = more.count() == 0 ? null : more.getAttribute("href");
        }
        assertThat(problems).isEmpty();
        DATA.closeEverything();
    }

    @Test
    void whatAnAddressHoldsIsNeverRun() {
        var problems = new ArrayList<String>();
        var tries = tries();
        // In several windows, because a browser keeps a history of each.
        for (int from = 0; from < tries.size(); from += 26) {
            var page = watched(problems);
            for (var text : tries.subList(from, Math.min(tries.size(), from + 26))) {
                var value = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
                // Of a day on which nothing happened: the page shows what was asked for, and little else.
                page.navigate("/log?from=2000-01-01T00:00&to=2000-01-02T00:00&referral=" + value + "&type=" + value
                        + "&outcome=" + value + "&notice=" + value);
                judge(page, text, problems);
            }
            page.context().close();
        }
        for (var text : tries.subList(0, 13)) {
            var page = watched(problems);
            var value = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
            for (var path : List.of(
                    "/worklist?task=" + value + "&owner=" + value + "&condition=" + value + "&priority=" + value
                            + "&notice=" + value,
                    "/login?back=" + value + "&problem=" + value,
                    "/account?notice=" + value,
                    "/" + value)) {
                page.navigate(path);
                judge(page, path, problems);
            }
            page.context().close();
        }
        assertThat(problems).isEmpty();
    }
}
