package org.referralgateway.api.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.referralgateway.api.access.RowScope.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The registered senders. Every request asks, so the list is kept for a moment; a client that is not on it is looked for at
 * once, so that a registration works as soon as it is made, and a revocation after {@code referral.identity.senders-refresh}.
 */
@Component
public class SenderClients {

    /** Looks for unknown names, a second: such names must not become a way to keep the database busy. */
    private static final int LOOKS_A_SECOND = 10;

    private final JdbcClient db;
    private final TransactionTemplate apart;
    private final long refreshNanos;
    private final Bucket looks = new Bucket(LOOKS_A_SECOND, 5.0 * LOOKS_A_SECOND);
    private final ReentrantLock loading = new ReentrantLock();
    private volatile Known known = new Known(Map.of(), List.of(), Long.MIN_VALUE, false);

    SenderClients(JdbcClient db, PlatformTransactionManager transactions, AccessSettings settings) {
        this.db = db;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.refreshNanos = settings.sendersRefresh().toNanos();
    }

    private record Known(Map<String, SenderClient> active, List<String> senders, long loadedAt, boolean isLoaded) {
        boolean isOlderThan(long nanos) {
            return !isLoaded || System.nanoTime() - loadedAt > nanos;
        }
    }

    /** A client that may call. */
    Optional<SenderClient> active(String client) {
        var found = notOlderThan(refreshNanos).active().get(client);
        if (found == null && looks.take(1) == 0) {
            found = notOlderThan(0).active().get(client);
        }
        return Optional.ofNullable(found);
    }

    /** Every sender there has ever been: the clinic works on the referrals of one that has left, too. */
    public List<String> senders() {
        return notOlderThan(refreshNanos).senders();
    }

    private Known notOlderThan(long nanos) {
        var current = known;
        if (!current.isOlderThan(nanos)) {
            return current;
        }
        loading.lock();
        try {
            if (known.isOlderThan(nanos)) {
                known = all();
            }
            return known;
        } finally {
            loading.unlock();
        }
    }

    /** Everybody uses the list, so it must not be read with the eyes of whoever happens to ask: not in their transaction. */
    private Known all() {
        return Objects.requireNonNull(apart.execute(status -> Work.REGISTRY.call(this::load)));
    }

    private Known load() {
        long now = System.nanoTime();
        var rows = db.sql("""
                        select client, sender, name, jwks::text as jwks, jwks_url, scopes, strict, certificate, active
                        from sender_client
                        """)
                .query((row, number) -> new Row(client(row), row.getBoolean("active")))
                .list();
        var active = rows.stream()
                .filter(Row::active)
                .map(Row::client)
                .collect(Collectors.toUnmodifiableMap(SenderClient::client, client -> client));
        var senders = rows.stream()
                .map(row -> row.client().sender())
                .distinct()
                .sorted()
                .toList();
        return new Known(active, senders, now, true);
    }

    private record Row(SenderClient client, boolean active) {}

    private static SenderClient client(ResultSet row) throws SQLException {
        return new SenderClient(
                row.getString("client"),
                row.getString("sender"),
                row.getString("name"),
                row.getString("jwks"),
                row.getString("jwks_url"),
                Scopes.of(List.of(texts(row.getArray("scopes")))),
                row.getBoolean("strict"),
                row.getString("certificate"));
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }
}
