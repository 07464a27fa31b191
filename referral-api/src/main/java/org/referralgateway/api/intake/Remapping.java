package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.mapper.Dialect;
import org.referralgateway.mapper.Dialects;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Submission;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Maps a referral once more from what is stored, because its sender replaced a part of it by PUT: the payload that it came
 * in, with each resource of which there is a newer version by now in place of the old one.
 */
@Component
class Remapping {

    /** A sender that replaces something which more open referrals than this use is told about the newest of them only. */
    private static final int MOST_AT_ONCE = 100;

    private final JdbcClient db;
    private final ReceivedResources received;
    private final Submissions submissions;
    private final Vault vault;
    private final PayloadCheck check;
    private final SubmissionReader reader;
    private final ReferralMapper mapper;
    private final ClinicalRules rules;

    Remapping(
            JdbcClient db,
            ReceivedResources received,
            Submissions submissions,
            Vault vault,
            PayloadCheck check,
            SubmissionReader reader,
            ReferralMapper mapper,
            ClinicalRules rules) {
        this.db = db;
        this.received = received;
        this.submissions = submissions;
        this.vault = vault;
        this.check = check;
        this.reader = reader;
        this.mapper = mapper;
        this.rules = rules;
    }

    /** Referrals that were neither called off nor erased and use any of these resources, given as {@code Type/id}. */
    List<UUID> using(String sender, Collection<String> resources) {
        if (resources.isEmpty()) {
            return List.of();
        }
        return db
                .sql("""
                        select r.referral from referral r
                        where r.sender = :sender and r.request_status not in ('revoked', 'entered-in-error')
                          and r.referral in (
                              select u.referral from referral_use u
                              where u.sender = :sender and u.key = any(:resources::text[])
                              union
                              select p.referral from referral p
                              where p.sender = :sender and p.patient = any(:resources::text[])
                              union
                              select %s
                              from resource x
                              join resource s on s.sender = x.sender and s.submission = x.submission and s.type = 'ServiceRequest'
                              join unnest(:types::text[], :ids::text[]) as put(type, id) on x.type = put.type and x.id = put.id
                              where x.sender = :sender)
                        order by r.referral desc limit :most
                        """.formatted(Ids.column("s.id")))
                .param("sender", sender)
                .param("resources", new SqlArrayValue("text", resources.toArray()))
                .param("types", References.of(resources).types())
                .param("ids", References.of(resources).ids())
                .param("most", MOST_AT_ONCE)
                .query(UUID.class)
                .list()
                .stream()
                .filter(referral -> vault.erasure(referral) == null)
                .toList();
    }

    /** Referrals that were neither called off nor erased, by our id or the sender's own, given as {@code ServiceRequest/id}. */
    List<UUID> named(String sender, Collection<String> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        return db
                .sql("""
                        select r.referral from referral r
                        where r.sender = :sender and r.request_status not in ('revoked', 'entered-in-error')
                          and r.referral in (
                              select unnest(:referrals::uuid[])
                              union
                              select k.referral from submission_key k
                              where k.sender = :sender and k.kind = 'put' and k.key = any(:putKeys::text[]))
                        limit :most
                        """)
                .param("sender", sender)
                .param("referrals", References.of(references).ours("ServiceRequest"))
                .param("putKeys", SubmissionKey.storedPuts(vault, sender, references))
                .param("most", MOST_AT_ONCE)
                .query(UUID.class)
                .list()
                .stream()
                .filter(referral -> vault.erasure(referral) == null)
                .toList();
    }

    /** From now on these resources, given as {@code Type/id}, are a part of the referral. */
    void join(String sender, UUID referral, Collection<String> resources) {
        db.sql("""
                        insert into referral_use (sender, referral, key)
                        select :sender, :referral, used.key from unnest(:resources::text[]) as used(key)
                        on conflict do nothing
                        """)
                .param("resources", new SqlArrayValue("text", resources.toArray()))
                .param("sender", sender)
                .param("referral", referral)
                .update();
    }

    private List<String> uses(String sender, UUID referral) {
        return db.sql("select key from referral_use where sender = :sender and referral = :referral")
                .param("sender", sender)
                .param("referral", referral)
                .query(String.class)
                .list();
    }

    private record Origin(UUID submission, int entry, String dialect, Instant receivedAt, byte[] json) {}

    /** What the referral says now. */
    Mapped again(String sender, UUID referral) {
        var origin = origin(sender, referral);
        if (!(reader.parse(origin.json()) instanceof SubmissionReader.Parsed.Understood(var resource))) {
            throw new IllegalStateException("What was understood when it came is not understood any more.");
        }
        var submission = reader.read(check.check(origin.json()), resource);
        var request = submission.resources().stream()
                .filter(sent ->
                        sent.part().entry() == origin.entry() && sent.type().equals("ServiceRequest"))
                .findFirst()
                .orElseThrow();
        var newer = newerVersions(sender, origin.submission());
        var graph = ResourceGraph.of(upToDate(submission, request, newer));
        if (submission.resources().size() == 1) {
            graph.withEarlier(received.companions(sender, referral));
        }
        graph.withEarlier(received.find(sender, uses(sender, referral)));
        graph.withEarlier(received.find(sender, graph.unresolved()));
        var mapped = mapper.map(
                dialect(origin.dialect(), submission),
                request.with(new Write.Amend(false)),
                graph,
                stillTrue(submission, newer),
                origin.receivedAt());
        return mapped instanceof Mapped.Complete complete ? rules.conclude(complete, origin.receivedAt()) : mapped;
    }

    /** The submission that the referral's ServiceRequest came in last. */
    private Origin origin(String sender, UUID referral) {
        return db.sql("""
                        select s.submission, x.entry, s.dialect, s.received_at, s.locked_by, s.body, s.converted
                        from resource x join submission s on s.sender = x.sender and s.submission = x.submission
                        where x.sender = :sender and x.type = 'ServiceRequest' and x.id = :referral::text
                        order by x.version desc limit 1
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> new Origin(
                        row.getObject("submission", UUID.class),
                        row.getInt("entry"),
                        row.getString("dialect"),
                        row.getTimestamp("received_at").toInstant(),
                        submissions.json(sender, row)))
                .single();
    }

    /** What a referral was fetched by keeps its name. */
    private static Dialect dialect(String stored, Submission submission) {
        return Dialects.ALL.stream()
                .filter(dialect -> dialect.wireName().equals(stored))
                .findFirst()
                .orElse(submission.dialect());
    }

    /**
     * @param key {@code Type/id}
     */
    private record Newer(String key, Resource resource) {}

    /** By entry of the submission: resources of which the sender has put a newer version since. */
    private Map<Integer, Newer> newerVersions(String sender, UUID submission) {
        var keys = new HashMap<Integer, String>();
        db.sql("""
                        select x.entry, x.type || '/' || x.id as key from resource x
                        where x.sender = :sender and x.submission = :submission and x.type <> 'ServiceRequest'
                          and exists (select 1 from resource y
                                      where y.sender = x.sender and y.type = x.type and y.id = x.id
                                        and y.version > x.version)
                        """).param("sender", sender).param("submission", submission).query(row -> {
            keys.put(row.getInt("entry"), row.getString("key"));
        });
        var latest = received.find(sender, keys.values());
        var newer = new HashMap<Integer, Newer>();
        keys.forEach(
                (entry, key) -> newer.put(entry, new Newer(key, java.util.Objects.requireNonNull(latest.get(key)))));
        return newer;
    }

    /** Of a batch, every ServiceRequest is mapped without the others. */
    private static List<SentResource> upToDate(Submission submission, SentResource request, Map<Integer, Newer> newer) {
        boolean batch = submission.dialect().wireName().equals(Dialects.BATCH_BUNDLE);
        var resources = new ArrayList<SentResource>();
        for (var sent : submission.resources()) {
            var now = newer.get(sent.part().entry());
            if (now != null) {
                resources.add(new SentResource(sent.part(), now.key(), now.resource(), sent.fullUrl(), sent.write()));
            } else if (sent == request
                    || !batch
                    || !submission.serviceRequests().contains(sent)) {
                resources.add(sent);
            }
        }
        return resources;
    }

    /** Without what was wrong with a version that is replaced. */
    private static List<MappingIssue> stillTrue(Submission submission, Map<Integer, Newer> newer) {
        return submission.issues().stream()
                .filter(issue -> !issue.isError())
                .filter(issue -> newer.keySet().stream()
                        .noneMatch(entry -> issue.expression().startsWith("Bundle.entry[" + entry + "].")))
                .toList();
    }
}
