package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;

/** A real Chromium: the system's own ({@code -Dtest.chromium}), because none is downloaded. Without one the test is skipped. */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of(System.getProperty("test.chromium", "/usr/bin/chromium"));
    private static final int PATIENCE_MILLIS = 240_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final TestGateway gateway;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium, TestGateway gateway) {
        this.playwright = playwright;
        this.chromium = chromium;
        this.gateway = gateway;
    }

    public static Browser open(TestGateway gateway) {
        if (!Files.isExecutable(CHROMIUM)) {
            var why = "SKIPPED: no Chromium at " + CHROMIUM + ". Install one, or say where it is with -Dtest.chromium.";
            System.out.println(why);
            Assumptions.abort(why);
        }
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setTimeout(PATIENCE_MILLIS)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                // It asks for names of its maker's all the same; here there are none but ours.
                                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return new Browser(playwright, chromium, gateway);
    }

    /** A page of somebody who works as that person, in a window of their own. */
    public Page as(String person) {
        return as(person, options -> {});
    }

    Page as(String person, Consumer<com.microsoft.playwright.Browser.NewContextOptions> change) {
        return as(gateway.people().session(person), change);
    }

    /** A page of somebody who has logged in already. */
    public Page as(TestPeople.Session session) {
        return as(session, options -> {});
    }

    private Page as(TestPeople.Session session, Consumer<com.microsoft.playwright.Browser.NewContextOptions> change) {
        var page = stranger(change);
        page.context().addCookies(List.of(new Cookie("referral-session", session.value()).setUrl(gateway.base())));
        return page;
    }

    /** A page of somebody who has not logged in. */
    public Page stranger() {
        return stranger(options -> {});
    }

    public Page stranger(Consumer<com.microsoft.playwright.Browser.NewContextOptions> change) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(gateway.base())
                .setViewportSize(1280, 900)
                .setColorScheme(ColorScheme.LIGHT);
        change.accept(options);
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return context.newPage();
    }

    /** No violation of any rule that axe knows; and a picture of it for people, where {@code -Dtest.pictures} names a folder. */
    public static void assertAccessible(Page page, String state) {
        var pictures = System.getProperty("test.pictures");
        if (pictures != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(pictures, state.replace(' ', '-') + ".png")));
        }
        var violations = new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(state)
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .limit(3)
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .toList())
                .isEmpty();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
