package org.referralgateway.api.closedloop;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.assessment.AssessmentTask;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.IntakeSettings;
import org.referralgateway.api.platform.SearchPage;
import org.referralgateway.api.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and searches the tasks of a sender's own referrals; every read leaves an audit row in the same transaction. */
@Service
class TaskReads {

    private static final int DEFAULT_COUNT = 20;
    private static final String SELECT = """
            select t.*, r.patient from task t
            join referral r on r.sender = t.sender and r.referral = t.referral
            """;

    private final WaitingTasks waiting;
    private final JdbcClient db;
    private final Identity identity;
    private final IntakeSettings settings;
    private final AuditTrail audit;
    private final Clock clock;
    private final Vault vault;

    TaskReads(
            WaitingTasks waiting,
            JdbcClient db,
            Identity identity,
            IntakeSettings settings,
            AuditTrail audit,
            Clock clock,
            Vault vault) {
        this.vault = vault;
        this.waiting = waiting;
        this.db = db;
        this.identity = identity;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    record Criteria(
            List<String> ids,
            @Nullable ReferenceParam focus,
            @Nullable ReferenceParam partOf,
            List<String> statuses,
            List<String> codes,
            @Nullable DateRangeParam lastUpdated,
            @Nullable StringParam cursor,
            @Nullable Integer count) {}

    @Transactional
    public Task read(IdType id, RequestDetails details) {
        var sender = identity.sender();
        var ours = Ids.read(id.getIdPart()).orElseThrow(() -> new ResourceNotFoundException(id));
        var task = db.sql(SELECT + "where t.sender = :sender and t.task = :id and t.code <> :hidden")
                .param("sender", sender)
                .param("id", ours)
                .param("hidden", AssessmentTask.VERIFY_IDENTITY)
                .query(this::rendered)
                .optional()
                .or(() -> waiting.find(sender, ours))
                .orElseThrow(() -> new ResourceNotFoundException(id));
        audited(sender, "fhir.read", referral(task), Map.of("type", "Task", "id", id.getIdPart()), details);
        return task;
    }

    @Transactional
    public Bundle search(Criteria criteria, RequestDetails details) {
        var sender = identity.sender();
        var where = new ArrayList<String>(List.of("t.sender = :sender", "t.code <> :hidden"));
        var params = new HashMap<String, Object>(Map.of("sender", sender, "hidden", AssessmentTask.VERIFY_IDENTITY));
        conditions(criteria, where, params);
        long total = db.sql("select count(*) from task t where " + String.join(" and ", where))
                .params(params)
                .query(Long.class)
                .single();
        int count = Math.clamp(criteria.count() == null ? DEFAULT_COUNT : criteria.count(), 0, settings.maxPageSize());
        var cursor = SearchPage.Cursor.of(
                criteria.cursor() == null ? null : criteria.cursor().getValue());
        if (cursor != null) {
            where.add("(t.updated_at, t.task) > (:afterTime, :afterId)");
            params.put("afterTime", Timestamp.from(cursor.updatedAt()));
            params.put("afterId", cursor.id());
        }
        var tasks = db.sql(SELECT + "where " + String.join(" and ", where) + " order by t.updated_at, t.task limit "
                        + (count + 1))
                .params(params)
                .query(this::rendered)
                .list();
        audited(
                sender,
                "fhir.search",
                null,
                Map.of(
                        "type",
                        "Task",
                        "found",
                        total,
                        "referrals",
                        tasks.stream()
                                .limit(count)
                                .map(TaskReads::referral)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                details);
        var byId = tasks.stream()
                .collect(Collectors.toMap(
                        task -> UUID.fromString(task.getIdElement().getIdPart()), task -> task));
        var rows = tasks.stream()
                .map(task -> new SearchPage.Row(
                        UUID.fromString(task.getIdElement().getIdPart()),
                        ((Timestamp) task.getUserData(UPDATED_AT)).toInstant()))
                .toList();
        return SearchPage.of(details, total, rows, count, row -> byId.get(row.id()));
    }

    private static final String UPDATED_AT = "updated-at";

    private Task rendered(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        var task = TaskRendering.of(AssessmentTask.of(row, vault), row.getString("patient"));
        task.setUserData(UPDATED_AT, row.getTimestamp("updated_at"));
        return task;
    }

    private static void conditions(Criteria criteria, List<String> where, Map<String, Object> params) {
        if (!criteria.ids().isEmpty()) {
            where.add("t.task in (:ids)");
            params.put("ids", Ids.among(criteria.ids()));
        }
        if (criteria.focus() != null) {
            where.add("t.referral = :focus");
            params.put("focus", uuidOrNone(criteria.focus()));
        }
        if (criteria.partOf() != null) {
            where.add("t.part_of = :partOf");
            params.put("partOf", uuidOrNone(criteria.partOf()));
        }
        if (!criteria.statuses().isEmpty()) {
            where.add("t.status in (:statuses)");
            params.put("statuses", criteria.statuses());
        }
        if (!criteria.codes().isEmpty()) {
            where.add("t.code in (:codes)");
            params.put("codes", criteria.codes().stream().map(TaskReads::ours).toList());
        }
        SearchPage.lastUpdated(criteria.lastUpdated(), "t.updated_at", where, params);
    }

    /** FHIR's code for the coordination task is fulfill. */
    private static String ours(String code) {
        return code.equals("fulfill") ? AssessmentTask.COORDINATION : code;
    }

    /** An id that is no UUID is nobody's: it finds nothing, and is no error. */
    private static UUID uuidOrNone(ReferenceParam reference) {
        try {
            return UUID.fromString(reference.getIdPart());
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }

    /** The one that the task is about; null where that is still to come. */
    private static @Nullable UUID referral(Task task) {
        var focus = task.getFocus().getReferenceElement();
        return "ServiceRequest".equals(focus.getResourceType())
                ? uuidOrNone(new ReferenceParam(focus.getIdPart()))
                : null;
    }

    private void audited(
            String sender, String action, @Nullable UUID referral, Map<String, Object> detail, RequestDetails details) {
        audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                action,
                "success",
                referral,
                null,
                details.getRequestId(),
                detail));
    }
}
