package org.referralgateway.standalone;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Asks a running gateway to erase somebody, and waits for what it says: only that has the keyring. */
final class Erase {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final JdbcClient db;

    Erase(DataSource database) {
        db = JdbcClient.create(database);
    }

    static Erase in(EraseOptions options, Map<String, String> environment) {
        return new Erase(options.external() ? Databases.external(environment) : Databases.embedded(options.data()));
    }

    /**
     * @param person who wants it, for the audit trail
     * @return what to print
     */
    String run(EraseOptions wanted, String person, Duration atMost) {
        var request = UUID.randomUUID();
        db.sql("""
                        insert into erasure_request (request, referrals, reason, actor)
                        values (:request, :referrals, :reason, :actor)
                        """)
                .param("request", request)
                .param("referrals", new SqlArrayValue("uuid", wanted.referrals().toArray()))
                .param("reason", Objects.requireNonNull(wanted.reason()).code())
                .param("actor", "person:" + person)
                .update();
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            var answer = answer(request);
            if (answer.isPresent()) {
                if (!answer.get().outcome().equals("erased")) {
                    throw new CannotStart(answer.get().text());
                }
                return answer.get().text() + "\n";
            }
            pause();
        }
        throw new CannotStart(
                "No gateway has taken it yet. The wish is kept: one that runs on this database does it, and its"
                        + " audit trail says so.");
    }

    private record Answer(String outcome, String text) {}

    private Optional<Answer> answer(UUID request) {
        return db.sql("""
                        select outcome, answer from erasure_request where request = :request and answer is not null
                        """)
                .param("request", request)
                .query((row, number) -> new Answer(row.getString("outcome"), row.getString("answer")))
                .optional();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted. The wish is kept.");
        }
    }
}
