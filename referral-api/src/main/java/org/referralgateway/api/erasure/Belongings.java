package org.referralgateway.api.erasure;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.referralgateway.api.platform.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** What belongs to referrals of one sender: the submissions they came with, and what was sent before and used by nobody else. */
@Repository
class Belongings {

    private static final String BATCH = "batch-bundle";

    private final JdbcClient db;

    Belongings(JdbcClient db) {
        this.db = db;
    }

    /** Submissions that tell of these referrals. */
    List<UUID> submissions(String sender, Collection<UUID> referrals) {
        return db.sql("""
                        select submission from referral where sender = :sender and referral = any(:referrals::uuid[])
                        union
                        select submission from referral_version where sender = :sender and referral = any(:referrals::uuid[])
                        union
                        select submission from submission_key where sender = :sender and referral = any(:referrals::uuid[])
                        union
                        select submission from resource
                        where sender = :sender and type = 'ServiceRequest' and id = any(:referrals::uuid[]::text[])
                        union
                        select submission from submission where sender = :sender and locked_by = any(:referrals::uuid[])
                        """)
                .param("sender", sender)
                .param("referrals", uuids(referrals))
                .query(UUID.class)
                .list();
    }

    /**
     * Referrals, other than these, of which something stands in these submissions, or that use a resource out of them. Each
     * referral of a batch keeps the whole batch, so they all belong together.
     */
    List<UUID> others(String sender, Collection<UUID> referrals, Collection<UUID> submissions) {
        return db.sql("""
                        with ours as (
                            select submission from submission where sender = :sender and submission = any(:submissions::uuid[])
                            union
                            select twin.submission from submission one
                            join submission twin on twin.sender = one.sender and twin.dialect = one.dialect
                                                and twin.request_id = one.request_id
                                                and twin.received_at between one.received_at - interval '1 minute'
                                                                         and one.received_at + interval '1 minute'
                            where one.sender = :sender and one.submission = any(:submissions::uuid[]) and one.dialect = :batch
                        ),
                        told as (
                            select r.referral from referral r where r.sender = :sender and r.submission in (select submission from ours)
                            union
                            select v.referral from referral_version v
                            where v.sender = :sender and v.submission in (select submission from ours)
                            union
                            select k.referral from submission_key k
                            where k.sender = :sender and k.submission in (select submission from ours) and k.referral is not null
                            union
                            select r.referral from resource x
                            join referral r on r.sender = x.sender and r.referral = %s
                            where x.sender = :sender and x.type = 'ServiceRequest' and x.submission in (select submission from ours)
                            union
                            select u.referral from resource x
                            join referral_use u on u.sender = x.sender and u.key = x.type || '/' || x.id
                            where x.sender = :sender and x.submission in (select submission from ours)
                        )
                        select referral from told
                        where referral <> all(:referrals::uuid[])
                          and not exists (select from erasure e where e.sender = :sender and e.referral = told.referral)
                        order by referral
                        """.formatted(Ids.column("x.id")))
                .param("sender", sender)
                .param("referrals", uuids(referrals))
                .param("submissions", uuids(submissions))
                .param("batch", BATCH)
                .query(UUID.class)
                .list();
    }

    /** What was sent by itself, is used by these referrals, and by none that is left. */
    List<UUID> parts(String sender, Collection<UUID> referrals) {
        return db.sql("""
                        with part as (
                            select distinct x.submission from referral_use u
                            join resource x on x.sender = u.sender and x.type = split_part(u.key, '/', 1)
                                           and x.id = split_part(u.key, '/', 2) and u.key = x.type || '/' || x.id
                            where u.sender = :sender and u.referral = any(:referrals::uuid[])
                              and not exists (select from resource s
                                              where s.sender = x.sender and s.submission = x.submission
                                                and s.type = 'ServiceRequest')
                        )
                        select submission from part
                        where not exists (
                            select from resource x
                            join referral_use u on u.sender = x.sender and u.key = x.type || '/' || x.id
                            where x.sender = :sender and x.submission = part.submission
                              and u.referral <> all(:referrals::uuid[])
                              and not exists (select from erasure e where e.sender = u.sender and e.referral = u.referral))
                        """)
                .param("sender", sender)
                .param("referrals", uuids(referrals))
                .query(UUID.class)
                .list();
    }

    /** The names of the keys of submissions, and of what waited before it became one of these referrals or is known by its Task. */
    List<UUID> keys(String sender, Collection<UUID> referrals, Collection<UUID> submissions) {
        return db.sql("""
                        select locked_by from submission
                        where sender = :sender and submission = any(:submissions::uuid[]) and locked_by is not null
                        union
                        select locked_by from parked_submission
                        where sender = :sender and locked_by is not null
                          and (referral = any(:referrals::uuid[]) or task = any(:referrals::uuid[]))
                        """)
                .param("sender", sender)
                .param("referrals", uuids(referrals))
                .param("submissions", uuids(submissions))
                .query(UUID.class)
                .list();
    }

    static SqlArrayValue uuids(Collection<UUID> ids) {
        return new SqlArrayValue("uuid", ids.toArray());
    }
}
