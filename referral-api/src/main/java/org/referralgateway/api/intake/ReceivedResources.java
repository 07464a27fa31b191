package org.referralgateway.api.intake;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Erased;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.ResourceLinks;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Resources as their senders sent them, read back out of the bytes of their submissions. */
@Repository
class ReceivedResources {

    private final JdbcClient db;
    private final FhirContext fhir;
    private final SubmissionReader reader;
    private final Submissions submissions;
    private final Vault vault;

    ReceivedResources(JdbcClient db, FhirContext fhir, SubmissionReader reader, Submissions submissions, Vault vault) {
        this.reader = reader;
        this.vault = vault;
        this.db = db;
        this.fhir = fhir;
        this.submissions = submissions;
    }

    /**
     * @param lockedBy the key of the submission; where there is none, {@code json} is the resource, else the whole submission
     * @param isConverted whether that is what was sent, or what it was converted to
     */
    private record Slice(
            String type,
            String id,
            int version,
            Instant updatedAt,
            UUID submission,
            @Nullable UUID lockedBy,
            boolean isConverted,
            int offset,
            int length,
            byte[] json) {}

    private static final String SLICE = """
            select r.type, r.id, r.version, r.updated_at, r.submission, r.body_offset, r.body_length, s.locked_by,
                   s.converted is not null as is_converted,
                   case when s.locked_by is null
                        then substring(coalesce(s.converted, s.body) from r.body_offset + 1 for r.body_length)
                        else coalesce(s.converted, s.body) end as json
            from resource r join submission s on s.sender = r.sender and s.submission = r.submission
            where r.sender = :sender
            """;

    /**
     * A resource with our id, version and time, and with references to what their targets became.
     *
     * @param version absent for the latest
     */
    Optional<Resource> read(String sender, String type, String id, @Nullable Integer version) {
        return db.sql(SLICE + """
                         and r.type = :type and r.id = :id and (:version::int is null or r.version = :version::int)
                        order by r.version desc limit 1
                        """)
                .param("sender", sender)
                .param("type", type)
                .param("id", id)
                .param("version", version, java.sql.Types.INTEGER)
                .query(ReceivedResources::slice)
                .optional()
                .map(slice -> asStored(sender, slice, parsed(resource(sender, slice, new HashMap<>()))));
    }

    /** The latest version of some resources, as the mapper reads them, by {@code Type/id}. What is not there, or was erased, is left out. */
    Map<String, Resource> find(String sender, Collection<String> references) {
        return latest(
                sender,
                references,
                json -> reader.parse(json) instanceof SubmissionReader.Parsed.Understood(var resource)
                        ? Optional.of(resource)
                        : Optional.empty());
    }

    /** The same with all that was sent, as their sender reads them back. */
    Map<String, Resource> asSent(String sender, Collection<String> references) {
        return latest(sender, references, json -> Optional.of(parsed(json)));
    }

    private Map<String, Resource> latest(
            String sender, Collection<String> references, Function<byte[], Optional<Resource>> read) {
        if (references.isEmpty()) {
            return Map.of();
        }
        var wanted = References.of(references);
        var found = new LinkedHashMap<String, Resource>();
        var opened = new HashMap<UUID, byte[]>();
        db.sql("select distinct on (type, id) * from (" + SLICE + """
                         and (r.type, r.id) in (select * from unnest(:types::text[], :ids::text[]))
                        ) as slices order by type, id, version desc
                        """)
                .param("sender", sender)
                .param("types", wanted.types())
                .param("ids", wanted.ids())
                .query(ReceivedResources::slice)
                .list()
                .forEach(slice -> unlessErased(sender, slice, opened)
                        .flatMap(read)
                        .map(resource -> asStored(sender, slice, resource))
                        .ifPresent(resource -> found.put(slice.type() + "/" + slice.id(), resource)));
        return found;
    }

    /** How many bytes have to be read for the latest version of each, by {@code Type/id}. */
    Map<String, Long> sizes(String sender, Collection<String> references) {
        if (references.isEmpty()) {
            return Map.of();
        }
        var wanted = References.of(references);
        var sizes = new HashMap<String, Long>();
        db.sql("""
                        select distinct on (r.type, r.id) r.type || '/' || r.id as reference,
                               case when s.locked_by is null then r.body_length
                                    else octet_length(coalesce(s.converted, s.body)) end as size
                        from resource r join submission s on s.sender = r.sender and s.submission = r.submission
                        where r.sender = :sender
                          and (r.type, r.id) in (select * from unnest(:types::text[], :ids::text[]))
                        order by r.type, r.id, r.version desc
                        """)
                .param("sender", sender)
                .param("types", wanted.types())
                .param("ids", wanted.ids())
                .query(row -> {
                    sizes.put(row.getString("reference"), row.getLong("size"));
                });
        return sizes;
    }

    /**
     * What came along with a referral, by {@code Type/id}: the latest versions of all resources of its submissions, but for
     * ServiceRequests and what only wraps others.
     */
    Map<String, Resource> companions(String sender, UUID referral) {
        var references = db.sql("""
                        select distinct r.type || '/' || r.id from resource r
                        where r.sender = :sender
                          and r.type not in ('ServiceRequest', 'Bundle', 'MessageHeader', 'Task')
                          and r.submission in (
                              select submission from resource
                              where sender = :sender and type = 'ServiceRequest' and id = :referral::text)
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query(String.class)
                .list();
        return find(sender, references);
    }

    private static Slice slice(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        Timestamp updatedAt = row.getTimestamp("updated_at");
        return new Slice(
                row.getString("type"),
                row.getString("id"),
                row.getInt("version"),
                updatedAt.toInstant(),
                row.getObject("submission", UUID.class),
                row.getObject("locked_by", UUID.class),
                row.getBoolean("is_converted"),
                row.getInt("body_offset"),
                row.getInt("body_length"),
                row.getBytes("json"));
    }

    /** A submission of which several resources are read is opened once. */
    private byte[] resource(String sender, Slice slice, Map<UUID, byte[]> opened) {
        if (slice.lockedBy() == null) {
            return slice.json();
        }
        var whole = opened.computeIfAbsent(
                slice.submission(),
                submission -> vault.open(
                        slice.lockedBy(),
                        slice.isConverted() ? Places.converted(sender, submission) : Places.body(sender, submission),
                        slice.json()));
        return Arrays.copyOfRange(whole, slice.offset(), slice.offset() + slice.length());
    }

    private Optional<byte[]> unlessErased(String sender, Slice slice, Map<UUID, byte[]> opened) {
        try {
            return Optional.of(resource(sender, slice, opened));
        } catch (Erased e) {
            return Optional.empty();
        }
    }

    /** What is to be mapped is read by {@link SubmissionReader} instead, which leaves out what cannot be mapped. */
    private Resource parsed(byte[] json) {
        return (Resource) fhir.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
    }

    private Resource asStored(String sender, Slice slice, Resource resource) {
        resource.setId(new IdType(slice.type(), slice.id(), Integer.toString(slice.version())));
        resource.getMeta().setVersionId(Integer.toString(slice.version())).setLastUpdated(Date.from(slice.updatedAt()));
        submissions.links(sender, slice.submission()).ifPresent(links -> ResourceLinks.rewrite(resource, links));
        return resource;
    }
}
