package org.referralgateway.api.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.TestPeople.PASSWORD;
import static org.referralgateway.api.TestPeople.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;
import org.referralgateway.api.access.Role;

/** Coming in: who is let in, who is not, and what a session is worth. */
class LoginTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final TestPeople PEOPLE = GATEWAY.people();

    private static String somebody(Role... roles) {
        return PEOPLE.open("Person " + UUID.randomUUID(), roles.length == 0 ? new Role[] {Role.COORDINATOR} : roles);
    }

    private static HttpResponse<String> get(String path, TestPeople.Session session) {
        return PEOPLE.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + path))
                .header("Cookie", session.cookie())
                .GET());
    }

    private static HttpResponse<String> post(String path, TestPeople.Session session, String form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(GATEWAY.base() + path))
                .header("Cookie", session.cookie())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return PEOPLE.send(request);
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("").replace(GATEWAY.base(), "");
    }

    private static List<String> trail(String login) {
        return GATEWAY.db().sql("""
                        select action || ' ' || outcome || coalesce(' ' || (detail ->> 'why'), '') from audit_event
                        where sender = '' and actor = (select 'person:' || name from account where login = :login)
                        order by position
                        """).param("login", login).query(String.class).list();
    }

    private static boolean isIn(TestPeople.Session session) {
        return get("/worklist", session).statusCode() == 200;
    }

    private static void age(TestPeople.Session session, String column, Duration age) {
        GATEWAY.db()
                .sql("update person_session set %s = now() - make_interval(secs => :secs) where token_hash = :hash"
                        .formatted(column))
                .param("secs", age.toSeconds())
                .param("hash", Sessions.hash(session.value()))
                .update();
    }

    @Test
    void strangersAreLedToTheLoginAndBackToWhereTheyWantedToGo() {
        var answer = PEOPLE.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/worklist?owner=mine"))
                .GET());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isEqualTo("/login?back=" + encoded("/worklist?owner=mine"));

        var in = PEOPLE.tryLogin(somebody(), PASSWORD, "/worklist?owner=mine");
        assertThat(location(in)).isEqualTo("/worklist?owner=mine");
    }

    @Test
    void aRequestOfHtmxWithoutASessionLeadsTheWholePageToTheLogin() {
        var answer = PEOPLE.send(HttpRequest.newBuilder(
                        URI.create(GATEWAY.base() + "/worklist/tasks/" + UUID.randomUUID() + "?back=%2Fworklist"))
                .header("HX-Request", "true")
                .GET());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login?back=%2Fworklist");
    }

    @Test
    void theSessionsCookieIsOutOfReachForScriptsAndOtherSites() {
        var answer = PEOPLE.tryLogin(somebody(), PASSWORD, "/");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("referral-session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Domain", "Max-Age"));
    }

    @Test
    void whatIsWrongIsNeverSaid() {
        var login = somebody();
        var closed = somebody();
        GATEWAY.db()
                .sql("update account set disabled_at = now() where login = :login")
                .param("login", closed)
                .update();
        var answers = List.of(
                PEOPLE.tryLogin(login, "wrong password", "/"),
                PEOPLE.tryLogin("nobody-" + UUID.randomUUID(), PASSWORD, "/"),
                PEOPLE.tryLogin(closed, PASSWORD, "/"),
                PEOPLE.tryLogin("", "", "/"),
                PEOPLE.tryLogin("x".repeat(300), "y".repeat(300), "/"),
                PEOPLE.tryLogin("' or true --", PASSWORD, "/"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(302);
        assertThat(answers).extracting(LoginTest::location).containsOnly("/login?problem=refused&back=%2F");
        assertThat(answers)
                .extracting(answer -> TestPeople.cookie(answer, "referral-session"))
                .containsOnly("");
        assertThat(trail(closed)).containsExactly("login.failed refused closed-or-expired");
    }

    @Test
    void whatWasTypedIsNotKept() {
        var typed = "my-password-in-the-wrong-field-" + UUID.randomUUID();
        PEOPLE.tryLogin(typed, "x", "/");

        assertThat(GATEWAY.db()
                        .sql("select count(*) from audit_event where detail::text like :typed or actor like :typed")
                        .param("typed", "%" + typed + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void tooManyWrongPasswordsLockAnAccountForAWhile() {
        var login = somebody();
        for (int i = 0; i < 5; i++) {
            PEOPLE.tryLogin(login, "wrong " + i, "/");
        }
        assertThat(location(PEOPLE.tryLogin(login, PASSWORD, "/")))
                .as("the right password does not help now")
                .startsWith("/login?problem=refused");
        assertThat(trail(login))
                .containsExactly(
                        "login.failed refused password",
                        "login.failed refused password",
                        "login.failed refused password",
                        "login.failed refused password",
                        "login.failed refused password",
                        "account.locked refused",
                        "login.failed refused locked");

        GATEWAY.db()
                .sql("update account set locked_until = now() - interval '1 second' where login = :login")
                .param("login", login)
                .update();
        assertThat(isIn(PEOPLE.login(login))).isTrue();
        assertThat(trail(login)).element(7).isEqualTo("login.succeeded success");
    }

    @Test
    void manyAttemptsAtOnceAreNoMoreThanTheAllowedNumber() throws Exception {
        var login = somebody();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 30; i++) {
                int attempt = i;
                attempts.add(crowd.submit(() -> PEOPLE.tryLogin(login, "wrong " + attempt, "/")));
            }
            for (var attempt : attempts) {
                attempt.get();
            }
        }
        assertThat(trail(login).stream()
                        .filter("login.failed refused password"::equals)
                        .count())
                .isEqualTo(5);
        assertThat(trail(login).stream()
                        .filter("login.failed refused locked"::equals)
                        .count())
                .isEqualTo(25);
    }

    @Test
    void aStrangersLoginTakesAsLongAsAKnownOnes() {
        var passwords = GATEWAY.bean(Passwords.class);
        var hash = passwords.hash(PASSWORD);
        for (int i = 0; i < 3; i++) {
            passwords.look("warm up", hash);
        }
        long known = median(() -> passwords.look("wrong", hash));
        long unknown = median(() -> passwords.look("wrong", null));

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    private static long median(Runnable work) {
        var times = new long[9];
        for (int i = 0; i < times.length; i++) {
            long before = System.nanoTime();
            work.run();
            times[i] = System.nanoTime() - before;
        }
        java.util.Arrays.sort(times);
        return times[times.length / 2];
    }

    @Test
    void aSessionIsNewAtEveryLoginAndThePlantedOneIsWorthNothing() {
        var login = somebody();
        var planted = "planted-token-of-an-attacker-000000000000000";
        var form = PEOPLE.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/login"))
                .header("Cookie", "referral-session=" + planted)
                .GET());
        var answer = PEOPLE.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/login"))
                .header("Cookie", "referral-session=" + planted)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("login=" + login + "&password=" + encoded(PASSWORD) + "&_csrf="
                        + encoded(TestPeople.formToken(form.body())))));

        assertThat(TestPeople.cookie(answer, "referral-session")).isNotEmpty().doesNotContain(planted);
        assertThat(isIn(new TestPeople.Session("referral-session=" + planted, "")))
                .isFalse();
    }

    @Test
    void theDatabaseDoesNotHoldWhatABrowserHolds() {
        var session = PEOPLE.login(somebody());
        assertThat(GATEWAY.db()
                        .sql(
                                "select count(*) from person_session where token_hash = :raw or encode(token_hash, 'escape') = :text")
                        .param("raw", session.value().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .param("text", session.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aSessionOutlivesARestart() {
        var session = PEOPLE.login(somebody());
        try (var restarted =
                TestGateway.start("--referral.assessment.enabled=false", "--referral.outbox.enabled=false")) {
            var answer = restarted
                    .people()
                    .send(HttpRequest.newBuilder(URI.create(restarted.base() + "/worklist"))
                            .header("Cookie", session.cookie())
                            .GET());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSessionEndsWhenNobodyClicksOrAfterADay() {
        var idle = PEOPLE.login(somebody());
        var long_ = PEOPLE.login(somebody());
        age(idle, "seen_at", Duration.ofMinutes(29));
        assertThat(isIn(idle)).as("and this was a click").isTrue();
        age(idle, "seen_at", Duration.ofMinutes(31));
        assertThat(isIn(idle)).isFalse();

        age(long_, "started_at", Duration.ofHours(11));
        assertThat(isIn(long_)).isTrue();
        age(long_, "started_at", Duration.ofHours(13));
        assertThat(isIn(long_)).isFalse();
    }

    @Test
    void aLogThatIsFollowedLiveIsNoClick() {
        var session = PEOPLE.login(somebody(Role.AUDITOR));
        age(session, "seen_at", Duration.ofMinutes(20));
        assertThat(get("/log/news?events=0.0&audit=0.0", session).statusCode()).isNotEqualTo(303);
        assertThat(GATEWAY.db()
                        .sql(
                                "select seen_at < now() - interval '19 minutes' from person_session where token_hash = :hash")
                        .param("hash", Sessions.hash(session.value()))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whoseAccountIsClosedIsOutWithTheNextClick() {
        var login = somebody();
        var session = PEOPLE.login(login);
        assertThat(isIn(session)).isTrue();
        GATEWAY.db()
                .sql("update account set disabled_at = now() where login = :login")
                .param("login", login)
                .update();
        assertThat(isIn(session)).isFalse();
    }

    @Test
    void rolesCountFromTheNextClickOn() {
        var login = somebody(Role.COORDINATOR);
        var session = PEOPLE.login(login);
        assertThat(get("/log", session).statusCode()).isEqualTo(403);
        GATEWAY.db()
                .sql("update account set roles = '{auditor}' where login = :login")
                .param("login", login)
                .update();
        assertThat(get("/log", session).statusCode()).isEqualTo(200);
        assertThat(get("/worklist", session).statusCode()).isEqualTo(403);
        assertThat(trail(login)).contains("access.denied refused role");
    }

    @Test
    void logoutEndsTheSession() {
        var login = somebody();
        var session = PEOPLE.login(login);
        var answer = post("/logout", session, "_csrf=" + encoded(session.formToken()));

        assertThat(location(answer)).isEqualTo("/login?problem=out");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("referral-session=;").contains("Max-Age=0"));
        assertThat(answer.headers().firstValue("Clear-Site-Data")).contains("\"cache\", \"storage\"");
        assertThat(isIn(session)).isFalse();
        assertThat(trail(login)).endsWith("logout success");
    }

    @Test
    void nothingIsDoneWithoutTheFormsToken() {
        var session = PEOPLE.login(somebody());
        var other = PEOPLE.login(somebody());
        var task = "/worklist/tasks/" + UUID.randomUUID() + "/claim";

        assertThat(post(task, session, "version=1").statusCode()).isEqualTo(403);
        assertThat(post(task, session, "version=1&_csrf=").statusCode()).isEqualTo(403);
        assertThat(post(task, session, "version=1&_csrf=" + encoded(other.formToken()))
                        .statusCode())
                .as("somebody else's")
                .isEqualTo(403);
        assertThat(post(task, session, "version=1", "HX-Request", "true").statusCode())
                .isEqualTo(403);
        assertThat(post("/logout", session, "").statusCode()).isEqualTo(403);
        assertThat(isIn(session)).isTrue();
        assertThat(post(task, session, "version=1&_csrf=" + encoded(session.formToken()))
                        .statusCode())
                .as("there is no such task, but the click is ours")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void anotherSiteCannotClickEvenWithTheToken(String site) {
        var session = PEOPLE.login(somebody());
        assertThat(post("/logout", session, "_csrf=" + encoded(session.formToken()), "Sec-Fetch-Site", site)
                        .statusCode())
                .isEqualTo(403);
        assertThat(isIn(session)).isTrue();
    }

    @Test
    void anotherSiteCannotLogAVisitorIn() {
        var answer = PEOPLE.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("login=" + somebody() + "&password=" + encoded(PASSWORD))));
        assertThat(location(answer)).isEqualTo("/login?problem=stale");
        assertThat(TestPeople.cookie(answer, "referral-session")).isEmpty();
    }

    static List<String> waysOut() {
        var hosts = List.of("elsewhere.example", "elsewhere.example:443", "127.0.0.1.elsewhere.example");
        var ways = new ArrayList<String>();
        for (var host : hosts) {
            ways.addAll(List.of(
                    "//" + host,
                    "///" + host,
                    "////" + host + "/x",
                    "https://" + host,
                    "https:" + host,
                    "https:/" + host,
                    "http://" + host + "/worklist",
                    "/\\" + host,
                    "\\\\" + host,
                    "/\t/" + host,
                    "/\n/" + host,
                    "/%2f" + host,
                    "/%5c" + host,
                    "/.//" + host + "\\",
                    "@" + host,
                    "/@" + host + "@",
                    "/worklist\r\nLocation: https://" + host,
                    "/worklist?x=https://" + host + "\\@"));
        }
        ways.addAll(List.of(
                "javascript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "/worklist#<script>",
                "/worklist?x=\"><script>",
                " /worklist",
                "/" + "a".repeat(2000)));
        return ways;
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void theWayBackNeverLeadsOut(String back) {
        var answer = PEOPLE.tryLogin(SHARED_LOGIN, PASSWORD, back);

        assertThat(answer.statusCode()).isEqualTo(302);
        var to = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(to.getHost() == null || (GATEWAY.base() + "/").startsWith("http://" + to.getHost() + ":"))
                .isTrue();
        assertThat(to.getPath()).isEqualTo("/");
    }

    private static final String SHARED_LOGIN = somebody();
}
