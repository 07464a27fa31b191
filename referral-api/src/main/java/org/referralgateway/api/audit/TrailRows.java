package org.referralgateway.api.audit;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.referralgateway.trail.AuditRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds rows of the trail, the newest first. Reads, and nothing else. */
@Repository
public class TrailRows {

    private static final int AT_ONCE = 1000;

    private static final String SELECT = "select " + AuditRows.COLUMNS + """
            , l.leaf, r.patient
            from audit_event a
            left join audit_leaf l on l.position = a.position
            left join referral r on r.sender = a.sender and r.referral = a.referral
            """;

    // A row is about a referral if it says so, or if it lists what a search or the worklist has shown. Their positions
    // are
    // gathered first: an index finds both kinds, but not one or the other.
    private static final String WHERE = """
            where a.sender in (:senders)
              and (:position::bigint is null or a.position = :position)
              and (:below::bigint is null or a.position < :below)
              and (:referral::uuid is null or a.position = any(array(
                   select b.position from audit_event b where b.sender in (:senders) and b.referral = :referral
                   union all
                   select s.position from audit_shown s where s.referral = :referral)))
              and (:patient::text is null or a.position = any(array(
                   select b.position from referral p
                   join audit_event b on b.sender = p.sender and b.referral = p.referral
                   where p.sender in (:senders) and p.patient = :patient
                   union all
                   select s.position from referral p
                   join audit_shown s on s.sender = p.sender and s.referral = p.referral
                   where p.sender in (:senders) and p.patient = :patient)))
              and (:actor::text is null or a.actor = :actor)
              and (:action::text is null or a.action = :action)
              and (:outcome::text is null or (a.outcome = 'success') = (:outcome::text = 'success'))
              and (:from::timestamptz is null or a.at >= :from)
              and (:to::timestamptz is null or a.at <= :to)
            """;

    private final JdbcClient db;

    TrailRows(JdbcClient db) {
        this.db = db;
    }

    /**
     * What is looked for; what is null does not matter.
     *
     * @param below a position
     * @param patient {@code Patient/id} of the sender
     * @param outcome {@code success}, or anything else for everything else
     */
    public record Criteria(
            List<String> senders,
            @Nullable Long position,
            @Nullable Long below,
            @Nullable UUID referral,
            @Nullable String patient,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String outcome,
            @Nullable Instant from,
            @Nullable Instant to) {

        public static Criteria of(List<String> senders) {
            return new Criteria(senders, null, null, null, null, null, null, null, null, null);
        }

        public Criteria at(long thePosition) {
            return new Criteria(senders, thePosition, below, referral, patient, actor, action, outcome, from, to);
        }

        public Criteria below(@Nullable Long place) {
            return new Criteria(senders, position, place, referral, patient, actor, action, outcome, from, to);
        }

        public Criteria about(@Nullable UUID theReferral) {
            return new Criteria(senders, position, below, theReferral, patient, actor, action, outcome, from, to);
        }
    }

    /**
     * @param leaf where it is in the tree; null as long as it is not sealed
     * @param patient of its referral, {@code Patient/id}
     */
    public record Found(
            AuditRow row, @Nullable Long leaf, @Nullable String patient) {}

    public List<Found> find(Criteria criteria, int limit) {
        return bound(SELECT + WHERE + "order by a.position desc limit :limit", criteria)
                .param("limit", limit)
                .query((row, number) -> new Found(
                        AuditRows.of(row, number), row.getObject("leaf", Long.class), row.getString("patient")))
                .list();
    }

    public long count(Criteria criteria) {
        return bound("select count(*) from audit_event a " + WHERE, criteria)
                .query(Long.class)
                .single();
    }

    /** All of them, piece by piece. */
    public void each(Criteria criteria, Consumer<Found> to) {
        var next = criteria;
        List<Found> some;
        do {
            some = find(next, AT_ONCE);
            some.forEach(to);
            next = some.isEmpty() ? next : next.below(some.getLast().row().position());
        } while (some.size() == AT_ONCE);
    }

    private JdbcClient.StatementSpec bound(String sql, Criteria criteria) {
        return db.sql(sql)
                .param("senders", criteria.senders())
                .param("position", criteria.position(), Types.BIGINT)
                .param("below", criteria.below(), Types.BIGINT)
                .param("referral", criteria.referral(), Types.OTHER)
                .param("patient", criteria.patient(), Types.VARCHAR)
                .param("actor", criteria.actor(), Types.VARCHAR)
                .param("action", criteria.action(), Types.VARCHAR)
                .param("outcome", criteria.outcome(), Types.VARCHAR)
                .param("from", criteria.from() == null ? null : Timestamp.from(criteria.from()), Types.TIMESTAMP)
                .param("to", criteria.to() == null ? null : Timestamp.from(criteria.to()), Types.TIMESTAMP);
    }
}
