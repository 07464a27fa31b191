package org.referralgateway.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.referralgateway.api.InClinicScope;
import org.referralgateway.api.TestGateway;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Following the trail while transactions end in another order than they wrote. */
@ExtendWith(InClinicScope.class)
class TailTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private final AuditTrail trail = GATEWAY.bean(AuditTrail.class);
    private final Tail tail = GATEWAY.bean(Tail.class);
    private final EventLog log = GATEWAY.bean(EventLog.class);
    private final UUID referral = UUID.randomUUID();
    private final LogFilter filter = LogFilter.of(referral.toString(), null, null, null, null, null, null);

    private TransactionTemplate newTransaction() {
        var template = new TransactionTemplate(GATEWAY.bean(PlatformTransactionManager.class));
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return template;
    }

    private void write(String action) {
        trail.append(new AuditEntry(
                "demo", Instant.now(), "system:test", action, "success", referral, null, null, Map.of()));
    }

    private record Told(List<String> actions, Cursor upTo) {}

    private Told follow(Cursor from) {
        return newTransaction().execute(status -> {
            var to = tail.next(Tail.Table.AUDIT, from);
            var actions = log.actionsBetween(List.of("demo"), filter, from, to).stream()
                    .map(LoggedAction::action)
                    .toList();
            return new Told(actions, to);
        });
    }

    @Test
    void tellsOfARowThatWasCommittedAfterLaterOnes() {
        var start = newTransaction().execute(status -> tail.end(Tail.Table.AUDIT));

        var between = newTransaction().execute(slow -> {
            write("test.slow");
            newTransaction().executeWithoutResult(fast -> write("test.fast"));
            return follow(start);
        });
        assertThat(between.actions()).containsExactly("test.fast");

        var after = follow(between.upTo());
        assertThat(after.actions()).containsExactly("test.slow");
        assertThat(follow(after.upTo()).actions()).isEmpty();
    }

    @Test
    void doesNotWaitForARowThatNeverCame() {
        var start = newTransaction().execute(status -> tail.end(Tail.Table.AUDIT));
        newTransaction().executeWithoutResult(status -> {
            write("test.rolled-back");
            status.setRollbackOnly();
        });
        newTransaction().executeWithoutResult(status -> write("test.committed"));

        var told = follow(start);
        assertThat(told.actions()).containsExactly("test.committed");
        assertThat(follow(told.upTo()).actions()).isEmpty();
    }

    @Test
    void carriesItsPlaceInTheAddress() {
        assertThat(Cursor.of("17_12_9")).isEqualTo(new Cursor(17, List.of(12L, 9L)));
        assertThat(Cursor.of(new Cursor(17, List.of(12L, 9L)).toString())).isEqualTo(Cursor.of("17_12_9"));
        for (var foreign :
                List.of("nonsense", "", "0.0", "-1", "17_-3", "9223372036854775807", "99999999999999999999")) {
            assertThat(Cursor.of(foreign)).as(foreign).isNull();
        }
    }
}
