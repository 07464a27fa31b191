package org.referralgateway.api.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Remembers every assertion until it has expired, for all instances: the same one twice is a theft or a fault. */
@Component
class UsedAssertions {

    /** Clocks differ; what has just expired here may still be good there. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final JdbcClient db;
    private final Clock clock;

    UsedAssertions(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** True for the first use only. */
    boolean claim(String client, String jti, Instant expiresAt) {
        return db.sql("""
                        insert into used_assertion (client, jti, expires_at) values (:client, :jti, :expiresAt)
                        on conflict do nothing
                        """)
                        .param("client", client)
                        .param("jti", jti)
                        .param("expiresAt", Timestamp.from(expiresAt))
                        .update()
                == 1;
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void forgetExpired() {
        db.sql("delete from used_assertion where expires_at < :before")
                .param("before", Timestamp.from(clock.instant().minus(GRACE)))
                .update();
    }
}
