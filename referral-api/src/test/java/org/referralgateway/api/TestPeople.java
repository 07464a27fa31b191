package org.referralgateway.api;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.people.Passwords;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clinic's people as tests need them: with accounts whose password is known, and logged in as a browser does it. */
public final class TestPeople {

    public static final String PASSWORD = "violet tractor seldom hums";

    /** Made once: it takes a while, on purpose. */
    private static final String HASH = new Passwords().hash(PASSWORD);

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final @Nullable String sender;
    private final JdbcClient db;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param sender whose referrals only they work on, where a test does not say */
    TestPeople(String base, JdbcClient db, @Nullable String sender) {
        this.base = base;
        this.sender = sender;
        this.db = db;
    }

    /**
     * Somebody who is logged in.
     *
     * @param cookie name, equals sign and value
     * @param formToken what forms of the session carry
     */
    public record Session(String cookie, String formToken) {
        public String value() {
            return cookie.substring(cookie.indexOf('=') + 1);
        }
    }

    /** Somebody who may do all that concerns referrals, where a test is not about who may what. */
    public Session session(String name) {
        return session(name, Role.COORDINATOR, Role.CLINICIAN, Role.AUDITOR, Role.OPERATOR);
    }

    /** Logs in once; later calls get the same session. */
    public Session session(String name, Role... roles) {
        return sessions.computeIfAbsent(name, each -> login(open(name, roles)));
    }

    public static String loginOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }

    /** An account with the known password, where there is none yet; the login. */
    public String open(String name, Role... roles) {
        return open(name, sender, roles);
    }

    /** @param sender whose referrals only the person works on */
    public String open(String name, @Nullable String sender, Role... roles) {
        var login = loginOf(name);
        db.sql("""
                        insert into account (account, login, name, roles, senders, password_hash, created_at)
                        values (:account, :login, :name, :roles, :senders, :hash, now()) on conflict do nothing
                        """)
                .param("senders", sender == null ? null : new String[] {sender}, java.sql.Types.ARRAY)
                .param("account", UUID.randomUUID())
                .param("login", login)
                .param("name", name)
                .param("roles", Stream.of(roles).map(Role::wireName).toArray(String[]::new))
                .param("hash", HASH)
                .update();
        return login;
    }

    public Session login(String login) {
        return login(login, PASSWORD);
    }

    /** By the form, over HTTP. */
    public Session login(String login, String password) {
        var answer = tryLogin(login, password, "/");
        var cookie = cookie(answer, "referral-session");
        if (cookie.isEmpty()) {
            throw new IllegalStateException("The login was refused: " + answer.statusCode() + " "
                    + answer.headers().firstValue("Location").orElse(""));
        }
        var page = send(HttpRequest.newBuilder(URI.create(base + "/account"))
                .header("Cookie", cookie)
                .GET());
        return new Session(cookie, formToken(page.body()));
    }

    /** Somebody who has seen the login form and has not logged in. */
    public Session visit() {
        var form = send(HttpRequest.newBuilder(URI.create(base + "/login")).GET());
        return new Session(cookie(form, "referral-visit"), formToken(form.body()));
    }

    /** The answer to a login form that was filled in. */
    public HttpResponse<String> tryLogin(String login, String password, String back) {
        var visit = visit();
        return send(HttpRequest.newBuilder(URI.create(base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", visit.cookie())
                .POST(BodyPublishers.ofString("login=" + encoded(login) + "&password=" + encoded(password) + "&back="
                        + encoded(back) + "&_csrf=" + encoded(visit.formToken()))));
    }

    public static String formToken(String page) {
        var found = FORM_TOKEN.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("No form on this page:\n" + page);
        }
        return found.group(1);
    }

    /** Name and value of a cookie that an answer sets; empty where it does not. */
    public static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .filter(cookie ->
                        cookie.getName().equals(name) && !cookie.getValue().isEmpty())
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .findFirst()
                .orElse("");
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
