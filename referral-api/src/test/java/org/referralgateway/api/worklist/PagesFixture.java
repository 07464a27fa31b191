package org.referralgateway.api.worklist;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.Opened;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadLimits;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SubmissionReader;
import org.referralgateway.mapper.SubmissionReader.Parsed;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Referrals and tasks as intake and the consumer leave them, with the ages and states that a test needs. Written into the
 * tables directly, and without events, so that no consumer opens tasks beside them.
 */
final class PagesFixture {

    private static final FhirContext FHIR = fhir();
    private static final PayloadCheck CHECK = new PayloadCheck(FHIR, PayloadLimits.defaults());
    private static final SubmissionReader READER = new SubmissionReader(FHIR);
    private static final ClinicalRules RULES = ClinicalRules.shipped();
    private static final ReferralMapper MAPPER = new ReferralMapper(ClinicalTables.shipped());
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SENDER = PagesGateway.SENDER;

    private static FhirContext fhir() {
        var fhir = FhirContext.forR4();
        fhir.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        return fhir;
    }

    private final JdbcClient db;

    PagesFixture(JdbcClient db) {
        this.db = db;
    }

    /** Leaves nothing to do. */
    void closeEverything() {
        db.sql("update task set status = 'cancelled' where sender = :sender")
                .param("sender", SENDER)
                .update();
    }

    static byte[] sample(String name) {
        try {
            return Files.readAllBytes(Path.of("../deploy/samples", name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first referral of a sample file, received then, with its coordination task. */
    UUID referral(String sample, Instant receivedAt) {
        var body = sample(sample);
        return referral(body, mapped(body, receivedAt), receivedAt);
    }

    /** The same with a note that the sender wrote. */
    UUID referral(String sample, Instant receivedAt, String note) {
        var body = sample(sample);
        var tree = (ObjectNode) JSON.readTree(body);
        tree.putArray("note").addObject().put("text", note);
        var changed = JSON.writeValueAsBytes(tree);
        return referral(changed, mapped(changed, receivedAt), receivedAt);
    }

    /** A referral as it was sent, received then. */
    UUID referral(byte[] body, Instant receivedAt) {
        return referral(body, mapped(body, receivedAt), receivedAt);
    }

    private UUID referral(byte[] body, Referral referral, Instant receivedAt) {
        var id = UUID.randomUUID();
        store(id, body, referral, receivedAt);
        task(id, "coordination", receivedAt, null, "requested", null);
        return id;
    }

    private static Referral mapped(byte[] body, Instant receivedAt) {
        var checked = CHECK.check(body);
        if (!(READER.parse(body) instanceof Parsed.Understood(Resource resource))) {
            throw new IllegalStateException("The sample cannot be read.");
        }
        var submission = READER.read(checked, resource);
        var mapped = MAPPER.map(
                submission.dialect(),
                submission.serviceRequests().getFirst(),
                ResourceGraph.of(submission.resources()),
                submission.issues(),
                receivedAt);
        return switch (mapped) {
            case Mapped.Complete complete ->
                RULES.conclude(complete, receivedAt).referral();
            case Mapped.Refused refused -> throw new IllegalStateException("The sample is refused: " + refused);
        };
    }

    private void store(UUID id, byte[] body, Referral referral, Instant receivedAt) {
        var submission = UUID.randomUUID();
        db.sql("""
                        insert into submission (sender, submission, received_at, dialect, content_type, body, sha256)
                        values (:sender, :submission, :at, :dialect, 'application/fhir+json', :body, sha256(:body))
                        """)
                .param("sender", SENDER)
                .param("submission", submission)
                .param("at", Timestamp.from(receivedAt))
                .param("dialect", referral.dialect())
                .param("body", body)
                .update();
        var missing = referral.completeness().stream()
                .filter(item -> item.mustBeAskedFor())
                .map(item -> item.item())
                .toArray(String[]::new);
        var group = referral.reasons().stream()
                .map(Referral.Reason::conditionGroup)
                .filter(each -> each != null)
                .findFirst();
        db.sql("""
                        insert into referral (sender, referral, version, received_at, updated_at, submission, coordination_task,
                                              request_status, priority, patient, patient_name, condition_group, missing, content,
                                              event_sequence, task_sequence)
                        values (:sender, :referral, 1, :at, :at, :submission, :coordination, 'active', :priority, null, :name,
                                :group, :missing, :content, 1, 0)
                        """)
                .param("sender", SENDER)
                .param("referral", id)
                .param("at", Timestamp.from(receivedAt))
                .param("submission", submission)
                .param("coordination", coordination(id))
                .param("priority", referral.priority().code().code())
                .param("name", referral.patient().name())
                .param("group", group.orElse(null))
                .param("missing", missing)
                .param("content", JSON.writeValueAsBytes(referral))
                .update();
    }

    private static UUID coordination(UUID referral) {
        return new UUID(referral.getMostSignificantBits(), ~referral.getLeastSignificantBits());
    }

    /** A task of a referral, with the referral's priority. */
    UUID task(
            UUID referral,
            String code,
            Instant openedAt,
            @Nullable Instant dueAt,
            String status,
            @Nullable String owner) {
        boolean isCoordination = code.equals("coordination");
        var task = isCoordination ? coordination(referral) : UUID.randomUUID();
        var role = code.startsWith("safety") ? "clinician" : "coordinator";
        db.sql("""
                        insert into task (sender, task, referral, code, part_of, status, business_status, owner_role, owner,
                                          priority, due_at, because, version, opened_at, updated_at)
                        select sender, :task, referral, :code, :partOf, :status, null, :role, :owner, priority, :due, :code, 1,
                               :opened, :opened
                        from referral where sender = :sender and referral = :referral
                        """)
                .param("task", task)
                .param("code", code)
                .param("partOf", isCoordination ? null : coordination(referral))
                .param("status", status)
                .param("role", role)
                .param("owner", owner)
                .param("due", dueAt == null ? null : Timestamp.from(dueAt))
                .param("opened", Timestamp.from(openedAt))
                .param("sender", SENDER)
                .param("referral", referral)
                .update();
        db.sql("""
                        insert into task_history (sender, task, version, status, owner, actor, at)
                        values (:sender, :task, 1, :status, :owner, 'system:assessment', :at)
                        """)
                .param("sender", SENDER)
                .param("task", task)
                .param("status", status)
                .param("owner", owner)
                .param("at", Timestamp.from(openedAt))
                .update();
        return task;
    }

    /** The coordination task of a referral. */
    UUID task(UUID referral) {
        return coordination(referral);
    }

    List<String> statuses(UUID referral) {
        return db.sql("""
                        select code || ' ' || status from task where sender = :sender and referral = :referral
                        order by part_of nulls first, code
                        """)
                .param("sender", SENDER)
                .param("referral", referral)
                .query(String.class)
                .list();
    }

    String status(UUID task) {
        return db.sql("select status from task where sender = :sender and task = :task")
                .param("sender", SENDER)
                .param("task", task)
                .query(String.class)
                .single();
    }

    /** Type and payload of each event. */
    List<String> events(UUID referral) {
        return db.sql("""
                        select type, headers::text, data from outbox
                        where sender = :sender and referral = :referral order by position
                        """)
                .param("sender", SENDER)
                .param("referral", referral)
                .query((row, number) -> row.getString("type") + " "
                        + Opened.data(
                                PagesGateway.instance(), referral, row.getString("headers"), row.getBytes("data")))
                .list();
    }

    /** Action, outcome and detail of each row of the trail. */
    List<String> trail(UUID referral) {
        return db.sql("""
                        select action || ' ' || outcome || ' ' || detail from audit_event
                        where sender in (:sender, '') and referral = :referral order by position
                        """)
                .param("sender", SENDER)
                .param("referral", referral)
                .query(String.class)
                .list();
    }

    long actions(String action, UUID referral) {
        return trail(referral).stream()
                .filter(entry -> entry.startsWith(action + " "))
                .count();
    }

    /** A record that is no event of ours. */
    void parked(String topic, int partition, long offset) {
        db.sql("""
                        insert into parked_record (topic, partition, "offset", headers, data, state, reason, parked_at)
                        values (:topic, :partition, :offset, '{}', 'not json'::bytea, 'quarantined', 'bad-header', now())
                        """)
                .param("topic", topic)
                .param("partition", partition)
                .param("offset", offset)
                .update();
    }
}
