package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.api.TestPeople.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;
import org.referralgateway.api.access.Policy;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.access.Rule;
import org.referralgateway.api.access.Rule.Allowed;
import org.referralgateway.api.access.Rule.Operation;

/**
 * Every row of the policy that is about a page, with everybody, on their own object, a foreign one and one that is not there.
 * What should come out is computed here from who may; nothing else may come out.
 */
class PeopleMatrixTest {

    private static final TestGateway GATEWAY = PagesGateway.instance();
    private static final TestPeople PEOPLE = GATEWAY.people();
    private static final PagesFixture DATA = new PagesFixture(GATEWAY.db());

    /** The objects that an address can name. */
    private enum Whose {
        OWN,
        FOREIGN,
        ABSENT
    }

    /** Who calls; without roles those who are not really in. */
    private record Who(String name, @Nullable Role role, TestPeople.Session session) {}

    private static List<Who> everybody() {
        var all = new ArrayList<Who>();
        for (var role : Role.values()) {
            var login = PEOPLE.open("Matrix " + role.wireName(), PagesGateway.SENDER, role);
            all.add(new Who(role.wireName(), role, PEOPLE.login(login)));
        }
        all.add(new Who("stranger", null, PEOPLE.visit()));
        all.add(new Who("forged", null, new TestPeople.Session("referral-session=forged-token", "")));
        all.add(new Who(
                "expired", null, ended("expired", "update person_session set seen_at = now() - interval '1 day'")));
        all.add(new Who("closed", null, ended("closed", "update account set disabled_at = now()")));
        all.add(new Who("first password", null, firstPassword()));
        return all;
    }

    private static TestPeople.Session ended(String why, String sql) {
        var login = PEOPLE.open("Matrix " + why + " " + UUID.randomUUID(), PagesGateway.SENDER, Role.values());
        var session = PEOPLE.login(login);
        GATEWAY.db()
                .sql(sql + " where account = (select account from account where login = :login)")
                .param("login", login)
                .update();
        return session;
    }

    private static TestPeople.Session firstPassword() {
        var login = PEOPLE.open("Matrix first " + UUID.randomUUID(), PagesGateway.SENDER, Role.values());
        var session = PEOPLE.login(login);
        GATEWAY.db()
                .sql("update account set must_change = true where login = :login")
                .param("login", login)
                .update();
        return session;
    }

    /** Addresses for the variables of a route. */
    private record Target(
            Map<String, String> values, @Nullable UUID task) {}

    private static Target target(String pattern, Whose whose) {
        var values = new LinkedHashMap<String, String>();
        UUID task = null;
        if (pattern.contains("{task}")) {
            task = switch (whose) {
                case OWN -> ownTask();
                case FOREIGN -> foreignTask();
                case ABSENT -> UUID.randomUUID();
            };
            values.put("task", task.toString());
        }
        values.put(
                "id",
                switch (whose) {
                    case OWN -> OWN.toString();
                    case FOREIGN -> FOREIGN;
                    case ABSENT -> UUID.randomUUID().toString();
                });
        values.put(
                "login",
                whose == Whose.ABSENT ? "nobody" : PEOPLE.open("Matrix target " + UUID.randomUUID(), Role.AUDITOR));
        values.put("topic", "no-such-topic");
        values.put("partition", "0");
        values.put("offset", "0");
        values.put("provider", "clinic");
        values.put("name", "package.json");
        values.put("folder", "package");
        return new Target(values, task);
    }

    private static final UUID OWN = DATA.referral("10-text-only-little-known", Instant.now());
    private static final String FOREIGN = foreignReferral();

    private static UUID ownTask() {
        var referral = DATA.referral("10-text-only-little-known", Instant.now());
        return DATA.task(referral, "triage", Instant.now(), null, "requested", null);
    }

    private static String foreignReferral() {
        return TestGateway.shared()
                .post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
    }

    private static UUID foreignTask() {
        return GATEWAY.db()
                .sql("select coordination_task from referral where referral = :id")
                .param("id", UUID.fromString(FOREIGN))
                .query(UUID.class)
                .single();
    }

    @Test
    void everybodyMayWhatThePolicySaysAndNothingElse() {
        var deviations = new ArrayList<String>();
        var cells = new EnumMap<Whose, Integer>(Whose.class);
        for (var who : everybody()) {
            for (var rule : Policy.all()) {
                if (rule.operation() instanceof Operation.Route route
                        && !route.pattern().equals("/error")) {
                    for (var whose : whose(route.pattern())) {
                        cells.merge(whose, 1, Integer::sum);
                        judge(who, rule, route, whose).ifPresent(deviations::add);
                    }
                }
            }
        }
        assertThat(deviations).isEmpty();
        assertThat(cells.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(600);
    }

    private static List<Whose> whose(String pattern) {
        return pattern.matches(".*\\{(task|id|login)}.*") ? List.of(Whose.values()) : List.of(Whose.OWN);
    }

    private static java.util.Optional<String> judge(Who who, Rule rule, Operation.Route route, Whose whose) {
        var session = isLogout(route) && who.role() != null
                ? PEOPLE.login(TestPeople.loginOf("Matrix " + who.name()))
                : who.session();
        var target = target(route.pattern(), whose);
        var before = target.task() == null ? "" : state(target.task());
        var answer = ask(route, target, session);
        var after = target.task() == null ? "" : state(target.task());
        var came = "%s %s on %s: %d %s".formatted(who.name(), route, whose, answer.statusCode(), location(answer));

        if (!may(who, rule)) {
            boolean kept = who.role() != null ? answer.statusCode() == 403 : isLedAway(who, answer);
            return kept && before.equals(after)
                    ? java.util.Optional.empty()
                    : java.util.Optional.of("not kept out: " + came);
        }
        if (session.formToken().isEmpty() && route.method().equals("POST")) {
            return java.util.Optional.empty(); // judged above all rows: no form token, no click
        }
        boolean in = answer.statusCode() != 401 && answer.statusCode() != 403 && answer.statusCode() < 500;
        if (whose != Whose.OWN && route.pattern().matches(".*\\{(task|id)}.*")) {
            in = answer.statusCode() == 404 && before.equals(after);
        }
        return in ? java.util.Optional.empty() : java.util.Optional.of("wrong for who may: " + came);
    }

    private static boolean isLogout(Operation.Route route) {
        return route.pattern().equals("/logout") || route.pattern().startsWith("/account");
    }

    private static boolean may(Who who, Rule rule) {
        return switch (rule.allowed()) {
            case Allowed.Anyone anyone -> true;
            case Allowed.AnyPerson anyPerson -> who.role() != null || who.name().equals("first password");
            case Allowed.People(var roles) -> who.role() != null && roles.contains(who.role());
            case Allowed.Sender sender -> false;
            case Allowed.EachEntry eachEntry -> false;
        };
    }

    /** To the login; with a first password, to the change of it. A forged form token is refused before anything else. */
    private static boolean isLedAway(Who who, HttpResponse<String> answer) {
        var to = who.name().equals("first password") ? "/account" : "/login";
        return (answer.statusCode() == 303 && location(answer).startsWith(to))
                || (who.session().formToken().isEmpty() && answer.statusCode() == 403);
    }

    private static String state(UUID task) {
        return GATEWAY.db()
                .sql("select status || ' ' || version || coalesce(owner, '') from task where task = :task")
                .param("task", task)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static HttpResponse<String> ask(Operation.Route route, Target target, TestPeople.Session session) {
        var path = route.pattern().replace("/**", "/pages.css");
        for (var value : target.values().entrySet()) {
            path = path.replace("{" + value.getKey() + "}", value.getValue());
        }
        if (path.equals("/log/news")) {
            path += "?events=0.0&audit=0.0";
        }
        var request = HttpRequest.newBuilder(URI.create(GATEWAY.base() + path)).header("Cookie", session.cookie());
        if (route.method().equals("POST")) {
            var form = "version=1&roles=auditor&_csrf=" + encoded(session.formToken());
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form));
        }
        return PEOPLE.send(request);
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("").replace(GATEWAY.base(), "");
    }

    @Test
    void nobodyIsOfferedWhatTheyMayNotOpen() {
        for (var role : Role.values()) {
            var login = PEOPLE.open("Matrix " + role.wireName(), PagesGateway.SENDER, role);
            var session = PEOPLE.login(login);
            var pages = new ArrayList<>(Stream.of("/worklist", "/waiting", "/log", "/people", "/erasures", "/ig")
                    .filter(page -> get(page, session).statusCode() == 200)
                    .toList());
            var start = get("/", session);
            var first = get(location(start), session).body();
            for (var page : List.of("/worklist", "/waiting", "/log", "/people", "/erasures", "/ig")) {
                assertThat(first.contains("<a href=\"" + page + "\""))
                        .as(role + " " + page)
                        .isEqualTo(pages.contains(page));
            }
        }
    }

    private static HttpResponse<String> get(String path, TestPeople.Session session) {
        return PEOPLE.send(
                HttpRequest.newBuilder(URI.create(GATEWAY.base() + path)).header("Cookie", session.cookie()));
    }
}
