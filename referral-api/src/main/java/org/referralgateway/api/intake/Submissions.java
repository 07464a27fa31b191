package org.referralgateway.api.intake;

import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.CallerAddress;
import org.referralgateway.api.intake.NewSubmission.NewReferral;
import org.referralgateway.api.intake.NewSubmission.NewResource;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.outbox.OutboxRow;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.LockedJson;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.BusinessIdentifier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Stores submissions, each in one statement and so in one transaction, and finds them again by their keys. */
@Repository
class Submissions {

    /** Raised by the function {@code all_claimed}. */
    private static final String SOME_KEYS_TAKEN = "RG001";

    /** Stands for the type where a number is the one that a referral shares with others. */
    static final String REQUISITION = "ServiceRequest.requisition";

    private final JdbcClient db;
    private final JsonMapper json;
    private final Vault vault;
    private final String storeAll;

    Submissions(JdbcClient db, JsonMapper json, Vault vault) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.storeAll = Sql.read(new ClassPathResource("db/store-submission.sql"));
    }

    /** What came of trying to store. */
    sealed interface Stored {
        /**
         * @param versions of resources that were there before, by {@code Type/id}; all others have version 1
         */
        record New(Map<String, Integer> versions) implements Stored {}

        /** Some key, or all, belong to earlier submissions, or a twin was storing at the same moment; nothing was stored. */
        record KeysTaken() implements Stored {}
    }

    Stored store(NewSubmission submission) {
        try {
            return bound(submission)
                    .query((row, number) -> row.getBoolean("new")
                            ? new Stored.New(versions(row.getArray("later_versions")))
                            : new Stored.KeysTaken())
                    .single();
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof java.sql.SQLException sql && SOME_KEYS_TAKEN.equals(sql.getSQLState())) {
                return new Stored.KeysTaken();
            }
            throw e;
        }
    }

    /** Out of {@code Type/id/version}. */
    private static Map<String, Integer> versions(java.sql.Array texts) throws java.sql.SQLException {
        var versions = new HashMap<String, Integer>();
        for (var text : (String[]) texts.getArray()) {
            int slash = text.lastIndexOf('/');
            versions.put(text.substring(0, slash), Integer.valueOf(text.substring(slash + 1)));
        }
        return versions;
    }

    private JdbcClient.StatementSpec bound(NewSubmission s) {
        var payload = s.payload();
        var key = vault.name(s.keyName());
        var statement = db.sql(storeAll)
                .param("sender", s.sender())
                .param("submission", s.id())
                .param("receivedAt", Timestamp.from(s.receivedAt()))
                .param("dialect", s.dialect().wireName())
                .param("contentType", payload.contentType())
                .param("requestId", payload.requestId())
                .param("correlationId", payload.correlationId(), java.sql.Types.VARCHAR)
                .param("lockedBy", key, java.sql.Types.OTHER)
                .param("body", vault.lock(key, Places.body(s.sender(), s.id()), payload.body()))
                .param(
                        "converted",
                        payload.converted() == null
                                ? null
                                : vault.lock(key, Places.converted(s.sender(), s.id()), payload.converted()),
                        java.sql.Types.BINARY)
                .param("address", CallerAddress.current(), java.sql.Types.VARCHAR)
                .param("handles", texts(s.handles(), handle -> Fingerprints.handle(vault, s.sender(), handle)))
                .param("links", links(s, key))
                .param("uses", texts(s.uses(), use -> use))
                .param("saidAt", s.saidAt() == null ? null : Timestamp.from(s.saidAt()), java.sql.Types.TIMESTAMP)
                .param("keyKinds", texts(s.keys(), SubmissionKey::kind))
                .param("keyValues", texts(s.keys(), submissionKey -> submissionKey.stored(vault, s.sender())))
                .param("keyReferrals", array("uuid", s.keys(), submissionKey -> leadsTo(submissionKey, s)));
        return referrals(resources(statement, s), s);
    }

    /** They hold ids that the sender gave. Most submissions have none. */
    private String links(NewSubmission s, @Nullable UUID key) {
        var links = json.writeValueAsString(s.links());
        return s.links().isEmpty()
                ? links
                : LockedJson.column(vault.lock(key, Places.links(s.sender(), s.id()), links));
    }

    /** The referral of the key's own entry; where the submission has only one, every key leads to that. */
    private static @Nullable UUID leadsTo(SubmissionKey key, NewSubmission s) {
        var all = new HashMap<>(s.revised());
        s.referrals().forEach(referral -> all.put(referral.entry(), referral.id()));
        return all.size() == 1 ? all.values().iterator().next() : all.get(key.entry());
    }

    private static String[] identified(NewResource resource, String type, BusinessIdentifier number) {
        return new String[] {type, resource.id(), number.system() == null ? "" : number.system(), number.value()};
    }

    private JdbcClient.StatementSpec resources(JdbcClient.StatementSpec statement, NewSubmission s) {
        var resources = s.resources();
        var identified = resources.stream()
                .flatMap(resource -> Stream.concat(
                        resource.identifiers().stream().map(number -> identified(resource, resource.type(), number)),
                        resource.requisition().stream().map(number -> identified(resource, REQUISITION, number))))
                .toList();
        return statement
                .param("types", texts(resources, NewResource::type))
                .param("ids", texts(resources, NewResource::id))
                .param("puts", array("boolean", resources, NewResource::put))
                .param("entries", array("int", resources, NewResource::entry))
                .param("offsets", array("int", resources, NewResource::offset))
                .param("lengths", array("int", resources, NewResource::length))
                .param("identifiedTypes", texts(identified, row -> row[0]))
                .param("identifiedIds", texts(identified, row -> row[1]))
                .param("identifierSystems", texts(identified, row -> row[2]))
                .param("identifierValues", texts(identified, row -> Fingerprints.number(vault, s.sender(), row[3])));
    }

    private JdbcClient.StatementSpec referrals(JdbcClient.StatementSpec statement, NewSubmission s) {
        var referrals = s.referrals();
        var events = referrals.stream()
                .map(referral -> OutboxRow.of(referral.event(), vault))
                .toList();
        return statement
                .param("referrals", array("uuid", referrals, NewReferral::id))
                .param("coordinationTasks", array("uuid", referrals, NewReferral::coordinationTask))
                .param(
                        "statuses",
                        texts(referrals, referral -> referral.content().status()))
                .param(
                        "priorities",
                        texts(
                                referrals,
                                referral -> referral.content().priority().code().code()))
                .param("patients", texts(referrals, NewReferral::patient))
                .param(
                        "patientNames",
                        texts(
                                referrals,
                                referral -> vault.lockIfAny(
                                        referral.id(),
                                        Places.patientName(s.sender(), referral.id()),
                                        referral.content().patient().name())))
                .param(
                        "conditionGroups",
                        texts(referrals, referral -> ReferralColumns.conditionGroup(referral.content())))
                .param("missing", texts(referrals, referral -> ReferralColumns.missing(referral.content())))
                .param("triageLevels", texts(referrals, referral -> ReferralColumns.triageLevel(referral.content())))
                .param("alerts", texts(referrals, referral -> ReferralColumns.alerts(referral.content())))
                .param("persons", texts(referrals, referral -> ReferralColumns.person(referral.content(), vault)))
                .param(
                        "contents",
                        bytes(
                                referrals,
                                referral -> vault.lock(
                                        referral.id(), Places.content(s.sender(), referral.id(), 1), referral.json())))
                .param("events", array("uuid", events, OutboxRow::event))
                .param("topics", texts(events, OutboxRow::topic))
                .param("eventTypes", texts(events, OutboxRow::type))
                .param("eventHeaders", texts(events, OutboxRow::headers))
                .param("eventData", bytes(events, OutboxRow::data))
                .param("shards", array("int", events, OutboxRow::shard))
                .param(
                        "auditDetail",
                        "{\"dialect\":\"" + s.dialect().wireName() + "\",\"submission\":\"" + s.id() + "\"}");
    }

    private static <T> SqlArrayValue texts(List<T> rows, Function<T, @Nullable String> column) {
        return array("text", rows, column);
    }

    /** The driver wants to see that the array holds byte arrays. */
    private static <T> SqlArrayValue bytes(List<T> rows, Function<T, byte[]> column) {
        return new SqlArrayValue("bytea", (Object[]) rows.stream().map(column).toArray(byte[][]::new));
    }

    private static <T> SqlArrayValue array(String type, List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    /** Which earlier submission a key belongs to. */
    record Taken(
            SubmissionKey key, UUID submission, @Nullable UUID referral) {}

    List<Taken> taken(String sender, List<SubmissionKey> keys) {
        var asked = new HashMap<String, SubmissionKey>();
        keys.forEach(key -> asked.put(key.kind() + " " + key.stored(vault, sender), key));
        return db.sql("""
                        select k.kind, k.key, k.submission, k.referral
                        from submission_key k
                        join unnest(:kinds::text[], :values::text[]) as wanted(kind, key) using (kind, key)
                        where k.sender = :sender
                        """)
                .param("kinds", texts(keys, SubmissionKey::kind))
                .param("values", texts(keys, key -> key.stored(vault, sender)))
                .param("sender", sender)
                .query((row, number) -> new Taken(
                        asked(asked, row.getString("kind"), row.getString("key")),
                        row.getObject("submission", UUID.class),
                        row.getObject("referral", UUID.class)))
                .list();
    }

    /** The key as the caller knows it; what is stored of it does not lead back. */
    private static SubmissionKey asked(Map<String, SubmissionKey> asked, String kind, String stored) {
        var key = java.util.Objects.requireNonNull(asked.get(kind + " " + stored));
        return new SubmissionKey(kind, key.key(), SubmissionKey.WHOLE);
    }

    /** What was sent, as JSON of FHIR R4. */
    byte[] json(String sender, UUID submission) {
        return db.sql("""
                        select submission, locked_by, body, converted from submission
                        where sender = :sender and submission = :submission
                        """)
                .param("sender", sender)
                .param("submission", submission)
                .query((row, number) -> json(sender, row))
                .single();
    }

    /** Out of the columns submission, locked_by, body and converted. */
    byte[] json(String sender, java.sql.ResultSet row) throws java.sql.SQLException {
        var submission = row.getObject("submission", UUID.class);
        var key = row.getObject("locked_by", UUID.class);
        byte[] converted = row.getBytes("converted");
        return converted == null
                ? vault.open(key, Places.body(sender, submission), row.getBytes("body"))
                : vault.open(key, Places.converted(sender, submission), converted);
    }

    StoredSubmission stored(String sender, UUID submission) {
        var places = db.sql("""
                        select entry, type, id, version from resource
                        where sender = :sender and submission = :submission
                        order by entry
                        """)
                .param("sender", sender)
                .param("submission", submission)
                .query((row, number) -> new Place(
                        row.getInt("entry"), row.getString("type"), row.getString("id"), row.getInt("version"), false))
                .list();
        var receivedAt = db.sql(
                        "select received_at from submission where sender = :sender and submission = :submission")
                .param("sender", sender)
                .param("submission", submission)
                .query(Timestamp.class)
                .single();
        return new StoredSubmission(submission, receivedAt.toInstant(), places);
    }

    /** The id of the sender's resource with this identifier, where there is exactly one. */
    List<String> idsByIdentifier(String sender, String type, @Nullable String system, String value) {
        return db.sql("""
                        select distinct id from resource_identifier
                        where sender = :sender and type = :type and system = :system and value = :value
                        limit 2
                        """)
                .param("sender", sender)
                .param("type", type)
                .param("system", system == null ? "" : system)
                .param("value", Fingerprints.number(vault, sender, value))
                .query(String.class)
                .list();
    }

    /** The links of a submission, or nothing where it has none. */
    Optional<Map<String, String>> links(String sender, UUID submission) {
        return db.sql(
                        "select locked_by, links::text from submission where sender = :sender and submission = :submission")
                .param("sender", sender)
                .param("submission", submission)
                .query((row, number) ->
                        links(sender, submission, row.getObject("locked_by", UUID.class), row.getString("links")))
                .optional();
    }

    private Map<String, String> links(String sender, UUID submission, @Nullable UUID key, String stored) {
        var links = key == null ? stored : vault.open(key, Places.links(sender, submission), LockedJson.text(stored));
        return json.readValue(links, new tools.jackson.core.type.TypeReference<Map<String, String>>() {});
    }
}
