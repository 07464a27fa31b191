package org.referralgateway.api.erasure;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.api.vault.ErasureReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Does what {@code deploy/erase} asks for. The command only writes a row: it needs no keyring, and there is one way to erase.
 * Also keeps database and keyring saying the same.
 */
@Component
class ErasureRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureRequests.class);

    private final JdbcClient db;
    private final Erasures erasures;

    ErasureRequests(JdbcClient db, Erasures erasures) {
        this.db = db;
        this.erasures = erasures;
    }

    private record Request(UUID id, List<UUID> referrals, String reason, String actor) {}

    @Scheduled(fixedDelayString = "PT1S")
    void sweep() {
        Work.ERASURE.run(this::answerAll);
    }

    private void answerAll() {
        try {
            for (var next = next(); next.isPresent(); next = next()) {
                answer(next.get());
            }
        } catch (DataAccessException e) {
            LOG.warn("Wishes to erase are looked at later: {}", e.getClass().getSimpleName());
        }
    }

    /** At the start, and from time to time: a backup may have been restored beside a running service. */
    @Scheduled(fixedDelayString = "PT1M")
    void settle() {
        try {
            int settled = Work.ERASURE.call(erasures::settle);
            if (settled > 0) {
                LOG.warn("{} referrals that were erased before were there again, and are erased again.", settled);
            }
        } catch (DataAccessException e) {
            LOG.warn(
                    "Erasures are compared with the keyring later: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** It is nobody else's from then on. An instance that dies over it leaves it without an answer: it is asked for again. */
    private Optional<Request> next() {
        return db.sql("""
                        update erasure_request set answered_at = now(), outcome = 'begun'
                        where request = (select request from erasure_request where answered_at is null
                                         order by asked_at for update skip locked limit 1)
                        returning request, referrals, reason, actor
                        """)
                .query((row, number) -> new Request(
                        row.getObject("request", UUID.class),
                        List.of((UUID[]) row.getArray("referrals").getArray()),
                        row.getString("reason"),
                        row.getString("actor")))
                .optional();
    }

    private void answer(Request request) {
        var reason = ErasureReason.of(request.reason());
        var outcome = "refused";
        var answer = "The reason is not one of those that there are.";
        if (reason.isPresent()) {
            var result = erasures.erase(request.referrals(), reason.get(), null, request.actor(), null);
            outcome = result.word();
            answer = result.text();
        }
        db.sql(
                        "update erasure_request set answered_at = now(), outcome = :outcome, answer = :answer where request = :request")
                .param("outcome", outcome)
                .param("answer", answer)
                .param("request", request.id())
                .update();
    }
}
