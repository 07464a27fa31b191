package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.IntakeSettings;
import org.referralgateway.api.platform.SearchPage;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Searches a sender's referrals, oldest change first, so that a poller who follows the next links and comes back with
 * {@code _lastUpdated} misses nothing.
 */
@Service
class ReferralSearch {

    private static final int DEFAULT_COUNT = 20;
    private static final Set<String> STATUSES =
            Set.of("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown");

    private final JdbcClient db;
    private final ReceivedResources resources;
    private final Vault vault;
    private final Identity identity;
    private final IntakeSettings settings;
    private final AuditTrail audit;
    private final Clock clock;

    ReferralSearch(
            JdbcClient db,
            ReceivedResources resources,
            Vault vault,
            Identity identity,
            IntakeSettings settings,
            AuditTrail audit,
            Clock clock) {
        this.db = db;
        this.resources = resources;
        this.vault = vault;
        this.identity = identity;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    record Criteria(
            List<String> ids,
            List<TokenParam> identifiers,
            List<TokenParam> requisitions,
            @Nullable ReferenceParam patient,
            List<String> statuses,
            @Nullable DateRangeParam lastUpdated,
            @Nullable StringParam cursor,
            @Nullable Integer count) {}

    @Transactional
    public Bundle page(Criteria criteria, RequestDetails details) {
        var sender = identity.sender();
        var where = new ArrayList<String>(List.of("r.sender = :sender"));
        var params = new HashMap<String, Object>(Map.of("sender", sender));
        conditions(criteria, where, params);
        long total = count(where, params);
        int count = Math.clamp(criteria.count() == null ? DEFAULT_COUNT : criteria.count(), 0, settings.maxPageSize());
        var cursor = SearchPage.Cursor.of(
                criteria.cursor() == null ? null : criteria.cursor().getValue());
        if (cursor != null) {
            where.add("(r.updated_at, r.referral) > (:afterTime, :afterId)");
            params.put("afterTime", Timestamp.from(cursor.updatedAt()));
            params.put("afterId", cursor.id());
        }
        var rows = rows(where, params, count);
        int shown = Math.min(count, thatFit(sender, rows));
        var page = rows.stream().limit(shown).map(SearchPage.Row::id).toList();
        var found = resources.asSent(
                sender, page.stream().map(id -> "ServiceRequest/" + id).toList());
        audited(sender, page, details);
        return SearchPage.of(details, total, rows, shown, row -> {
            var resource = found.get("ServiceRequest/" + row.id());
            return resource == null ? erased(row.id()) : resource;
        });
    }

    /** How many of the rows are shown, at least one: each is read from the whole submission that it came with. */
    private int thatFit(String sender, List<SearchPage.Row> rows) {
        if (rows.size() < 2) {
            return rows.size();
        }
        var sizes = resources.sizes(
                sender, rows.stream().map(row -> "ServiceRequest/" + row.id()).toList());
        long left = settings.maxPageBytes().toBytes();
        for (int i = 0; i < rows.size(); i++) {
            left -= sizes.getOrDefault("ServiceRequest/" + rows.get(i).id(), 0L);
            if (left < 0) {
                return Math.max(1, i);
            }
        }
        return rows.size();
    }

    /** Found, but nobody can read it any more. */
    private @Nullable Resource erased(UUID referral) {
        return vault.saysErased(referral)
                .map(text -> {
                    var outcome = new OperationOutcome();
                    outcome.addIssue()
                            .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                            .setCode(OperationOutcome.IssueType.DELETED)
                            .setDiagnostics("ServiceRequest/" + referral + ": " + text);
                    return outcome;
                })
                .orElse(null);
    }

    private void conditions(Criteria criteria, List<String> where, Map<String, Object> params) {
        if (!criteria.ids().isEmpty()) {
            where.add("r.referral in (:ids)");
            params.put("ids", Ids.among(criteria.ids()));
        }
        if (!criteria.statuses().isEmpty()) {
            where.add("r.request_status in (:statuses)");
            params.put(
                    "statuses",
                    criteria.statuses().stream().filter(STATUSES::contains).toList());
            if (((List<?>) params.get("statuses")).isEmpty()) {
                where.add("false");
                params.put("statuses", List.of(""));
            }
        }
        identifiers("ServiceRequest", criteria.identifiers(), where, params);
        identifiers(Submissions.REQUISITION, criteria.requisitions(), where, params);
        if (criteria.patient() != null) {
            where.add("r.patient = :patient");
            params.put("patient", "Patient/" + criteria.patient().getIdPart());
        }
        SearchPage.lastUpdated(criteria.lastUpdated(), "r.updated_at", where, params);
    }

    /** {@code system|value}, {@code |value} for one without a system, or {@code value} for any system. */
    private void identifiers(
            String type, List<TokenParam> identifiers, List<String> where, Map<String, Object> params) {
        if (identifiers.isEmpty()) {
            return;
        }
        var anyOf = new ArrayList<String>();
        for (var token : identifiers) {
            int i = params.size();
            var system = token.getSystem() == null ? "" : " and n.system = :system" + i;
            anyOf.add("(n.value = :value" + i + system + ")");
            params.put(
                    "value" + i,
                    Fingerprints.number(
                            vault,
                            String.valueOf(params.get("sender")),
                            token.getValue() == null ? "" : token.getValue()));
            if (token.getSystem() != null) {
                params.put("system" + i, token.getSystem());
            }
        }
        where.add("r.referral = any(array(select " + Ids.column("n.id")
                + " from resource_identifier n where n.sender = :sender and n.type = '" + type + "' and ("
                + String.join(" or ", anyOf) + ")))");
    }

    private long count(List<String> where, Map<String, Object> params) {
        return db.sql("select count(*) from referral r where " + String.join(" and ", where))
                .params(params)
                .query(Long.class)
                .single();
    }

    /** One more than asked for, which tells whether there is a next page. */
    private List<SearchPage.Row> rows(List<String> where, Map<String, Object> params, int count) {
        return db.sql("select r.referral, r.updated_at from referral r where " + String.join(" and ", where)
                        + " order by r.updated_at, r.referral limit " + (count + 1))
                .params(params)
                .query((row, number) -> new SearchPage.Row(
                        row.getObject("referral", UUID.class),
                        row.getTimestamp("updated_at").toInstant()))
                .list();
    }

    /** Whose records were handed out, so that it can be told later who saw one. */
    private void audited(String sender, List<UUID> shown, RequestDetails details) {
        audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                "fhir.search",
                "success",
                null,
                null,
                details.getRequestId(),
                Map.of("type", "ServiceRequest", "found", shown.size(), "referrals", shown)));
    }
}
