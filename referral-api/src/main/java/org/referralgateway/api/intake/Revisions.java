package org.referralgateway.api.intake;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.intake.Assembly.Assembled;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Receipt;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.Plan.Revision;
import org.referralgateway.api.intake.Submissions.Stored;
import org.referralgateway.api.outbox.Outbox;
import org.referralgateway.api.vault.LockedJson;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.GatewayEvent;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.TaskId;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.ReferralDiff;
import org.referralgateway.mapper.ReferralDiff.Change;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import tools.jackson.databind.json.JsonMapper;

/** Stores new versions of referrals, in order, under the lock of each: what was sent, what changed, and the events of it. */
@Component
class Revisions {

    private static final Set<String> OVER = Set.of("revoked", "entered-in-error");

    private final JdbcClient db;
    private final Submissions submissions;
    private final SentBefore sentBefore;
    private final Remapping remapping;
    private final ReferralKeys keys;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final JsonMapper json;
    private final Vault vault;

    Revisions(
            JdbcClient db,
            Submissions submissions,
            SentBefore sentBefore,
            Remapping remapping,
            ReferralKeys keys,
            Outbox outbox,
            AuditTrail audit,
            JsonMapper json,
            Vault vault) {
        this.vault = vault;
        this.db = db;
        this.submissions = submissions;
        this.sentBefore = sentBefore;
        this.remapping = remapping;
        this.keys = keys;
        this.outbox = outbox;
        this.audit = audit;
        this.json = json;
    }

    /**
     * A referral as it stands, its row locked against other writers.
     *
     * @param stored the content as it lies in the table
     */
    private record Current(
            UUID referral,
            int version,
            UUID submission,
            UUID coordinationTask,
            String status,
            @Nullable String patient,
            @Nullable Instant saidAt,
            byte[] content,
            byte[] stored) {}

    /**
     * All revisions and new referrals of one submission, or none of them; and new versions of those referrals that use a
     * resource which it replaces.
     *
     * @return nothing where a key was taken; nothing is stored then
     */
    @Transactional
    public Optional<IntakeResult> store(Arrival arrival, Assembled assembled, Assembly assembly, Plan.Store plan) {
        var users = new ArrayList<>(
                remapping.using(arrival.sender(), assembled.submission().puts()));
        var joined = remapping.named(arrival.sender(), assembled.submission().belongsTo());
        joined.stream().filter(referral -> !users.contains(referral)).forEach(users::add);
        users.removeAll(plan.revised().values().stream().map(Revision::referral).toList());
        var current = locked(arrival.sender(), plan, users);
        var answer = unlessCurrent(arrival, plan, current);
        if (answer.isPresent()) {
            return answer;
        }
        if (!(submissions.store(assembled.submission()) instanceof Stored.New stored)) {
            return Optional.empty();
        }
        var receipts = new ArrayList<>(ReferralIntake.receipts(assembled.submission(), plan.companions()));
        plan.revised().forEach((request, revision) -> {
            var before = Objects.requireNonNull(current.get(revision.referral()));
            var issues = switch (revision) {
                case Revision.Amended amended -> amend(arrival, assembled, assembly, request, amended, before);
                case Revision.Withdrawn withdrawn -> withdraw(arrival, assembled, withdrawn, before);
            };
            receipts.add(new Receipt(revision.referral(), request.part().entry(), issues));
        });
        var parts = assembled.submission().resources().stream()
                .map(resource -> resource.type() + "/" + resource.id())
                .toList();
        joined.forEach(referral -> remapping.join(arrival.sender(), referral, parts));
        var alsoAmended = new ArrayList<MappingIssue>();
        for (var user : users) {
            alsoAmended.addAll(amendUser(arrival, assembled, Objects.requireNonNull(current.get(user))));
        }
        if (alsoAmended.stream().anyMatch(MappingIssue::isError)) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return Optional.of(new Refused(alsoAmended));
        }
        return Optional.of(ReferralIntake.accepted(assembled, stored, receipts, alsoAmended));
    }

    /** In the order of their ids, so that two submissions about the same referrals do not lock each other out. */
    private Map<UUID, Current> locked(String sender, Plan.Store plan, List<UUID> users) {
        var current = new HashMap<UUID, Current>();
        Stream.concat(plan.revised().values().stream().map(Revision::referral), users.stream())
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .forEach(referral -> current.put(referral, lock(sender, referral)));
        return current;
    }

    private Current lock(String sender, UUID referral) {
        return db.sql("""
                        select referral, version, submission, coordination_task, request_status, patient, said_at, content
                        from referral
                        where sender = :sender and referral = :referral for update
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> new Current(
                        row.getObject("referral", UUID.class),
                        row.getInt("version"),
                        row.getObject("submission", UUID.class),
                        row.getObject("coordination_task", UUID.class),
                        row.getString("request_status"),
                        row.getString("patient"),
                        instant(row.getTimestamp("said_at")),
                        vault.open(
                                referral,
                                Places.content(sender, referral, row.getInt("version")),
                                row.getBytes("content")),
                        row.getBytes("content")))
                .single();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** The answer where nothing is to be stored: said before, over already, another person, or another version. */
    private Optional<IntakeResult> unlessCurrent(Arrival arrival, Plan.Store plan, Map<UUID, Current> current) {
        var same = plan.revised().values().stream()
                .map(revision -> Objects.requireNonNull(current.get(revision.referral())))
                .filter(one -> sentBefore.saysTheSame(arrival.sender(), arrival.payload(), one.submission()))
                .findFirst();
        if (same.isPresent()) {
            return Optional.of(
                    new Known(submissions.stored(arrival.sender(), same.get().submission())));
        }
        var problems = new ArrayList<MappingIssue>();
        plan.revised().forEach((request, revision) -> {
            var one = Objects.requireNonNull(current.get(revision.referral()));
            problem(arrival, request, revision, one).ifPresent(problems::add);
        });
        return problems.isEmpty() ? Optional.empty() : Optional.of(new Refused(problems));
    }

    private Optional<MappingIssue> problem(Arrival arrival, SentResource request, Revision revision, Current current) {
        if (OVER.contains(current.status())) {
            return Optional.of(MappingIssue.error(
                    IssueCode.REFERRAL_NOT_CURRENT,
                    request.path(),
                    "ServiceRequest/" + current.referral()
                            + " was called off before and cannot change any more. Send a new referral."));
        }
        if (arrival.ifMatch() != null && arrival.ifMatch() != requestVersion(arrival.sender(), current.referral())) {
            return Optional.of(MappingIssue.error(
                    IssueCode.VERSION_NOT_CURRENT,
                    "",
                    "ServiceRequest/" + current.referral()
                            + " has another version than If-Match names. Read it and send" + " your change again."));
        }
        if (isOutdated(arrival.submission().saidAt(), current)) {
            return Optional.of(MappingIssue.error(
                    IssueCode.MESSAGE_OUTDATED,
                    "Bundle.timestamp",
                    "The message is older than the one that ServiceRequest/" + current.referral()
                            + " comes from; nothing was changed. Messages may overtake each other; if this one says what"
                            + " holds now, send it again with a new timestamp."));
        }
        var named = switch (revision) {
            case Revision.Amended amended ->
                amended.mapped().referral().patient().identifiers();
            case Revision.Withdrawn withdrawn -> withdrawn.patient();
        };
        return anotherPerson(current, named, request.path() + ".subject");
    }

    private static boolean isOutdated(@Nullable Instant said, Current current) {
        return said != null && current.saidAt() != null && said.isBefore(current.saidAt());
    }

    private Optional<MappingIssue> anotherPerson(Current current, List<BusinessIdentifier> named, String where) {
        if (!isAnotherPerson(read(current).patient().identifiers(), named)) {
            return Optional.empty();
        }
        return Optional.of(MappingIssue.error(
                IssueCode.PATIENT_DIFFERS,
                where,
                "The identifiers name another person than those of ServiceRequest/" + current.referral()
                        + ". A referral keeps its patient; withdraw it and send a new one."));
    }

    private int requestVersion(String sender, UUID referral) {
        return db.sql("""
                        select max(version) from resource
                        where sender = :sender and type = 'ServiceRequest' and id = :referral::text
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query(Integer.class)
                .single();
    }

    /** Numbers of one system that have no value in common. */
    private static boolean isAnotherPerson(List<BusinessIdentifier> before, List<BusinessIdentifier> after) {
        return before.stream()
                .map(BusinessIdentifier::system)
                .filter(system -> system != null)
                .distinct()
                .anyMatch(system -> {
                    var was = values(before, system);
                    var is = values(after, system);
                    return !is.isEmpty() && was.stream().noneMatch(is::contains);
                });
    }

    private static Set<String> values(List<BusinessIdentifier> identifiers, String system) {
        return identifiers.stream()
                .filter(identifier -> system.equals(identifier.system()))
                .map(BusinessIdentifier::value)
                .collect(Collectors.toSet());
    }

    private Referral read(Current current) {
        return json.readValue(current.content(), Referral.class);
    }

    private List<MappingIssue> amend(
            Arrival arrival,
            Assembled assembled,
            Assembly assembly,
            SentResource request,
            Revision.Amended amended,
            Current before) {
        var after = amended.mapped();
        var changes = ReferralDiff.between(read(before), after.referral());
        var content = locked(arrival, before, json.writeValueAsBytes(after.referral()));
        update(
                arrival,
                before,
                after.referral(),
                content,
                new From(
                        assembled.submission().id(),
                        assembly.patient((ServiceRequest) request.resource()),
                        arrival.submission().saidAt(),
                        assembled.submission().uses()));
        remember(arrival, assembled, before, "amended", content, changes);
        tellAmended(arrival, before, after, changes);
        var issues = new ArrayList<>(after.referral().issues());
        issues.add(changed(request, changes));
        return issues;
    }

    /** A referral that uses a resource which was just replaced says what that says now. */
    private List<MappingIssue> amendUser(Arrival arrival, Assembled assembled, Current before) {
        return switch (remapping.again(arrival.sender(), before.referral())) {
            case Mapped.Refused refused -> refused.issues();
            case Mapped.Complete after -> {
                var another = anotherPerson(before, after.referral().patient().identifiers(), "Patient.identifier");
                var changes = ReferralDiff.between(read(before), after.referral());
                if (another.isPresent() || changes.isEmpty()) {
                    yield another.stream().toList();
                }
                var content = locked(arrival, before, json.writeValueAsBytes(after.referral()));
                update(
                        arrival,
                        before,
                        after.referral(),
                        content,
                        new From(before.submission(), before.patient(), before.saidAt(), null));
                remember(arrival, assembled, before, "amended", content, changes);
                tellAmended(arrival, before, after, changes);
                yield List.of(MappingIssue.information(
                        IssueCode.AMENDED,
                        "",
                        "ServiceRequest/" + before.referral() + " uses what you sent and has a new version. "
                                + whatChanged(changes)));
            }
        };
    }

    /** As the next version of the referral. */
    private byte[] locked(Arrival arrival, Current before, byte[] content) {
        return vault.lock(
                before.referral(), Places.content(arrival.sender(), before.referral(), before.version() + 1), content);
    }

    private void tellAmended(Arrival arrival, Current before, Mapped.Complete after, List<Change> changes) {
        int version = before.version() + 1;
        var event = new ReferralEvent.Amended(
                new TaskId(before.coordinationTask()),
                version,
                after.facts(),
                changes.stream().map(Change::field).toList(),
                ReferralDiff.needsTriage(changes));
        tell(arrival, before, version, event, "referral.amended", Map.of("changed", event.changed()));
    }

    private static MappingIssue changed(SentResource request, List<Change> changes) {
        if (changes.isEmpty()) {
            return MappingIssue.information(
                    IssueCode.NOTHING_CHANGED, request.path(), "The new version says the same as the one before.");
        }
        return MappingIssue.information(IssueCode.AMENDED, request.path(), whatChanged(changes));
    }

    private static String whatChanged(List<Change> changes) {
        var fields = changes.stream().map(Change::field).collect(Collectors.joining(", "));
        return "Changed: " + fields + "."
                + (ReferralDiff.needsTriage(changes) ? " The clinic looks at the triage again." : "");
    }

    /**
     * Where the new version comes from.
     *
     * @param submission of its ServiceRequest
     * @param uses absent where that stays as it is
     */
    private record From(
            UUID submission,
            @Nullable String patient,
            @Nullable Instant saidAt,
            @Nullable List<String> uses) {}

    private void update(Arrival arrival, Current before, Referral referral, byte[] content, From from) {
        db.sql("""
                        update referral
                        set version = version + 1, updated_at = :at, submission = :submission, request_status = :status,
                            priority = :priority, patient = :patient, patient_name = :patientName,
                            condition_group = :conditionGroup, content = :content,
                            missing = array_remove(string_to_array(:missing, ','), ''),
                            triage_level = :triageLevel, alerts = array_remove(string_to_array(:alerts, ','), ''),
                            said_at = coalesce(:saidAt::timestamptz, said_at)
                        where sender = :sender and referral = :referral
                        """)
                .param("at", Timestamp.from(arrival.at()))
                .param("submission", from.submission())
                .param("status", referral.status())
                .param("priority", referral.priority().code().code())
                .param("patient", from.patient(), Types.VARCHAR)
                .param(
                        "patientName",
                        vault.lockIfAny(
                                before.referral(),
                                Places.patientName(arrival.sender(), before.referral()),
                                referral.patient().name()),
                        Types.VARCHAR)
                .param("conditionGroup", ReferralColumns.conditionGroup(referral), Types.VARCHAR)
                .param("content", content)
                .param("missing", ReferralColumns.missing(referral))
                .param("triageLevel", ReferralColumns.triageLevel(referral), Types.VARCHAR)
                .param("alerts", ReferralColumns.alerts(referral))
                .param("saidAt", from.saidAt() == null ? null : Timestamp.from(from.saidAt()), Types.TIMESTAMP)
                .param("sender", arrival.sender())
                .param("referral", before.referral())
                .update();
        keys.personIs(arrival.sender(), before.referral(), ReferralColumns.person(referral, vault));
        if (from.uses() != null) {
            keys.uses(arrival.sender(), before.referral(), from.uses());
        }
    }

    private List<MappingIssue> withdraw(
            Arrival arrival, Assembled assembled, Revision.Withdrawn withdrawn, Current before) {
        boolean inError = withdrawn.why() == Withdrawal.ENTERED_IN_ERROR;
        int version = before.version() + 1;
        var content = locked(arrival, before, before.content());
        db.sql("""
                        update referral
                        set version = version + 1, updated_at = :at, submission = :submission, request_status = :status,
                            content = :content
                        where sender = :sender and referral = :referral
                        """)
                .param("content", content)
                .param("at", Timestamp.from(arrival.at()))
                .param("submission", assembled.submission().id())
                .param("status", inError ? "entered-in-error" : "revoked")
                .param("sender", arrival.sender())
                .param("referral", before.referral())
                .update();
        var kind = inError ? "withdrawn-in-error" : "cancelled";
        remember(arrival, assembled, before, kind, content, List.of());
        var task = new TaskId(before.coordinationTask());
        GatewayEvent event = inError
                ? new ReferralEvent.WithdrawnInError(task, version)
                : new ReferralEvent.Cancelled(task, version);
        tell(arrival, before, version, event, "referral." + kind, Map.of());
        return List.of(MappingIssue.information(
                IssueCode.WITHDRAWN,
                "",
                "ServiceRequest/" + before.referral() + " is called off. Task/" + before.coordinationTask()
                        + " tells what became of the work on it."));
    }

    /** The version before the first change is remembered with it, so that creating stays cheap. */
    private void remember(
            Arrival arrival, Assembled assembled, Current before, String kind, byte[] content, List<Change> changes) {
        if (before.version() == 1) {
            insertVersion(arrival, before, 1, before.submission(), "received", before.stored(), List.of());
        }
        insertVersion(
                arrival, before, before.version() + 1, assembled.submission().id(), kind, content, changes);
    }

    private void insertVersion(
            Arrival arrival,
            Current of,
            int version,
            UUID submission,
            String kind,
            byte[] content,
            List<Change> changes) {
        db.sql("""
                        insert into referral_version (sender, referral, version, at, submission, kind, content, changes)
                        select :sender, :referral, :version, s.received_at, :submission, :kind, :content, :changes::jsonb
                        from submission s where s.sender = :sender and s.submission = :submission
                        """)
                .param("sender", arrival.sender())
                .param("referral", of.referral())
                .param("version", version)
                .param("submission", submission)
                .param("kind", kind)
                .param("content", content)
                .param(
                        "changes",
                        LockedJson.column(vault.lock(
                                changes.isEmpty() ? null : of.referral(),
                                Places.changes(arrival.sender(), of.referral(), version),
                                json.writeValueAsString(changes))))
                .update();
    }

    private void tell(
            Arrival arrival,
            Current before,
            int version,
            GatewayEvent event,
            String action,
            Map<String, Object> detail) {
        outbox.append(
                arrival.sender(), before.referral(), event, arrival.payload().traceparent());
        audit.append(new AuditEntry(
                arrival.sender(),
                arrival.at(),
                "sender:" + arrival.sender(),
                action,
                "success",
                before.referral(),
                version,
                arrival.payload().requestId(),
                detail));
    }
}
