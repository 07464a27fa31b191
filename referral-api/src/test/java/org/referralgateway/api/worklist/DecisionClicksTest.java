package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.CallerAuthentication;
import org.referralgateway.api.access.Reach;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.worklist.ClickResult.Done;
import org.referralgateway.api.worklist.ClickResult.Lost;
import org.referralgateway.api.worklist.TaskClicks.Kind;
import org.springframework.security.core.context.SecurityContextHolder;

/** What decisions do to tasks, events and the trail, and who wins when several people decide. */
class DecisionClicksTest {

    private static final PagesFixture DATA =
            new PagesFixture(PagesGateway.instance().db());
    private final DecisionClicks clicks = PagesGateway.instance().bean(DecisionClicks.class);
    private final TaskClicks taskClicks = PagesGateway.instance().bean(TaskClicks.class);
    private final Instant now = Instant.now();
    private final UUID referral = DATA.referral("10-text-only-little-known", now);
    private final UUID check = DATA.task(referral, "completeness-check", now, null, "requested", null);
    private final UUID triage = DATA.task(referral, "triage", now, null, "requested", null);

    /** In the name of somebody who works on the referrals of these tests. */
    private static <T> T asSomebody(java.util.function.Supplier<T> work) {
        var somebody = new PersonCaller("Robin Ash", Set.of(Role.COORDINATOR), Reach.only(PagesGateway.SENDER));
        SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(somebody));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private ClickResult decide(Decision decision, Click click) {
        return asSomebody(() -> clicks.decide(decision, click));
    }

    private ClickResult clickOn(Kind kind, Click click) {
        return asSomebody(() -> taskClicks.click(kind, click));
    }

    private static Click click(UUID task, int version, String person) {
        return new Click(task, version, person, "a-request");
    }

    @Test
    void acceptingEndsTriageFromWhicheverTask() {
        assertThat(decide(new Decision.Accept(), click(check, 1, "Robin Ash"))).isInstanceOf(Done.class);

        assertThat(DATA.statuses(referral))
                .containsExactly("coordination accepted", "completeness-check completed", "triage completed");
        assertThat(DATA.events(referral)).contains("triage.decided.v1 {\"outcome\":\"accepted\"}");
        assertThat(DATA.actions("referral.accepted", referral)).isEqualTo(1);
    }

    @Test
    void decliningCancelsTheOtherTasksAndKeepsTheNoteToItself() {
        var decline = new Decision.Decline("criteria-not-met", "Words about a person");
        assertThat(decide(decline, click(triage, 1, "Robin Ash"))).isInstanceOf(Done.class);

        assertThat(DATA.statuses(referral))
                .containsExactly("coordination rejected", "completeness-check cancelled", "triage completed");
        assertThat(DATA.events(referral))
                .contains("triage.decided.v1 {\"outcome\":\"declined\",\"reasonCode\":\"criteria-not-met\"}")
                .noneMatch(event -> event.contains("Words"));
        assertThat(DATA.trail(referral)).noneMatch(detail -> detail.contains("Words"));
    }

    @Test
    void askingKeepsTriageOpenAndTheReferralUndecided() {
        var ask = new Decision.Ask(List.of("allergies", "onset"), null);
        assertThat(decide(ask, click(triage, 1, "Robin Ash"))).isInstanceOf(Done.class);

        assertThat(DATA.statuses(referral))
                .containsExactly("coordination received", "completeness-check requested", "triage in-progress");
        assertThat(DATA.events(referral)).contains("information.requested.v1 {\"items\":[\"allergies\",\"onset\"]}");
        assertThat(decide(new Decision.Accept(), click(triage, 2, "Robin Ash"))).isInstanceOf(Done.class);
    }

    @Test
    void decidingTwiceLosesAlsoFromAnotherTask() {
        decide(new Decision.Accept(), click(triage, 1, "Maria Lopez"));
        var decline = new Decision.Decline("duplicate-referral", null);

        var same = decide(decline, click(triage, 1, "Robin Ash"));
        var other = decide(decline, click(check, 1, "Robin Ash"));

        assertThat(same)
                .isInstanceOfSatisfying(
                        Lost.class,
                        lost -> assertThat(lost.to().who("Robin Ash")).isEqualTo("Maria Lopez"));
        assertThat(other)
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.to().what()).isEqualTo("accepted this referral"));
        assertThat(DATA.statuses(referral)).contains("coordination accepted");
        assertThat(DATA.trail(referral).stream().filter(entry -> entry.contains("conflict")))
                .hasSize(2);
    }

    @Test
    void theReferralItselfIsNeitherClaimedNorCompleted() {
        var coordination = DATA.task(referral);
        assertThat(clickOn(Kind.CLAIM, click(coordination, 1, "Robin Ash"))).isInstanceOf(ClickResult.Unknown.class);
        assertThat(decide(new Decision.Accept(), click(UUID.randomUUID(), 1, "Robin Ash")))
                .isInstanceOf(ClickResult.Unknown.class);
    }

    /** Different rows of one referral, so that locks are asked for in as many orders as there are clicks. */
    @RepeatedTest(5)
    void exactlyOneOfManyWinsAndNobodyWaitsForEver() throws Exception {
        var racing = new ArrayList<Callable<ClickResult>>();
        for (int i = 0; i < 4; i++) {
            var person = "Person " + i;
            racing.add(() -> decide(new Decision.Accept(), click(triage, 1, person)));
            racing.add(() -> decide(new Decision.Decline("duplicate-referral", null), click(check, 1, person)));
        }
        int won = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(racing)) {
                won += result.get() instanceof Done ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @RepeatedTest(5)
    void claimsAndDecisionsDoNotBlockEachOther() throws Exception {
        List<Callable<ClickResult>> racing = List.of(
                () -> clickOn(Kind.CLAIM, click(check, 1, "Claimer")),
                () -> decide(new Decision.Decline("duplicate-referral", null), click(triage, 1, "Decider")),
                () -> clickOn(Kind.COMPLETE, click(check, 1, "Completer")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(racing)) {
                assertThat(result.get()).isNotInstanceOf(ClickResult.Unknown.class);
            }
        }
        assertThat(DATA.statuses(referral)).contains("coordination rejected", "triage completed");
    }
}
