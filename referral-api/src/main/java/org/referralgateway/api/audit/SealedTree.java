package org.referralgateway.api.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.SignedNote;
import org.referralgateway.trail.SubtreeHashes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The tree in the database: leaves, the roots of some subtrees, checkpoints. Over all senders; it holds hashes only. */
@Repository
class SealedTree {

    /** Only the subtrees of every eighth level are kept; those between are computed from 256 of these at most. */
    static final int KEPT_LEVELS = 8;

    private final JdbcClient db;

    SealedTree(JdbcClient db) {
        this.db = db;
    }

    /**
     * A checkpoint as stored.
     *
     * @param number in order of making
     */
    record Stored(long number, String origin, long size, String note, Instant at) {

        SignedNote signed() {
            return SignedNote.of(note).orElseThrow(() -> new IllegalStateException("a stored checkpoint is no note"));
        }

        private static Stored of(java.sql.ResultSet row, int number) throws java.sql.SQLException {
            return new Stored(
                    row.getLong("number"),
                    row.getString("origin"),
                    row.getLong("size"),
                    row.getString("note"),
                    row.getTimestamp("at").toInstant());
        }
    }

    long size() {
        return db.sql("select coalesce(max(leaf) + 1, 0) from audit_leaf")
                .query(Long.class)
                .single();
    }

    Optional<Stored> latest() {
        return db.sql("select number, origin, size, note, at from audit_checkpoint order by number desc limit 1")
                .query(Stored::of)
                .optional();
    }

    Optional<Stored> ofSize(long size) {
        return db.sql("""
                        select number, origin, size, note, at from audit_checkpoint
                        where size = :size order by number desc limit 1
                        """).param("size", size).query(Stored::of).optional();
    }

    /** The first one that covers a leaf. */
    Optional<Stored> covering(long leaf) {
        return db.sql("""
                        select number, origin, size, note, at from audit_checkpoint
                        where size > :leaf order by size, number limit 1
                        """).param("leaf", leaf).query(Stored::of).optional();
    }

    /** What has not been put in a place yet, oldest first. */
    List<Stored> unpublished(String place, int limit) {
        return db.sql("""
                        select number, origin, size, note, at from audit_checkpoint c
                        where number > coalesce((select max(checkpoint) from audit_publication where place = :place), 0)
                        order by number limit :limit
                        """)
                .param("place", place)
                .param("limit", limit)
                .query(Stored::of)
                .list();
    }

    void published(String place, List<Stored> checkpoints, Instant at) {
        db.sql("""
                        insert into audit_publication (checkpoint, place, at)
                        select number, :place, :at from unnest(:numbers) as given (number)
                        on conflict do nothing
                        """)
                .param("place", place)
                .param("at", Timestamp.from(at))
                .param(
                        "numbers",
                        new SqlArrayValue(
                                "bigint",
                                checkpoints.stream().map(Stored::number).toArray()))
                .update();
    }

    OptionalLong leafOf(long position) {
        return db.sql("select leaf from audit_leaf where position = :position")
                .param("position", position)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void addLeaves(long first, List<Long> positions, List<byte[]> hashes) {
        db.sql("""
                        insert into audit_leaf (leaf, position, hash)
                        select :first + given.nth - 1, given.position, given.hash
                        from unnest(:positions, :hashes) with ordinality as given (position, hash, nth)
                        """)
                .param("first", first)
                .param("positions", new SqlArrayValue("bigint", positions.toArray()))
                .param("hashes", new SqlArrayValue("bytea", (Object[]) hashes.toArray(byte[][]::new)))
                .update();
    }

    void addNode(int level, long index, byte[] hash) {
        db.sql("insert into audit_node (level, index, hash) values (:level, :index, :hash)")
                .param("level", level)
                .param("index", index)
                .param("hash", hash)
                .update();
    }

    void addCheckpoint(String origin, long size, String note, Instant at) {
        db.sql("insert into audit_checkpoint (origin, size, note, at) values (:origin, :size, :note, :at)")
                .param("origin", origin)
                .param("size", size)
                .param("note", note)
                .param("at", Timestamp.from(at))
                .update();
    }

    void addCosignature(long checkpoint, NoteKey witness, SignedNote.Signature signature, Instant at) {
        db.sql("""
                        insert into audit_cosignature (checkpoint, witness, signature, at)
                        values (:checkpoint, :witness, :signature, :at)
                        on conflict do nothing
                        """)
                .param("checkpoint", checkpoint)
                .param("witness", witness.name())
                .param("signature", signature.bytes())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** The note with what witnesses have signed below it. */
    SignedNote withCosignatures(SignedNote note) {
        var checkpoint = note.checkpoint().orElseThrow();
        var all = db.sql("""
                        select s.witness, s.signature
                        from audit_cosignature s join audit_checkpoint c on c.number = s.checkpoint
                        where c.origin = :origin and c.size = :size order by s.witness
                        """)
                .param("origin", checkpoint.origin())
                .param("size", checkpoint.size())
                .query((row, number) -> new SignedNote.Signature(row.getString(1), row.getBytes(2)))
                .list();
        var signed = note;
        for (var one : all) {
            signed = signed.with(one);
        }
        return signed;
    }

    /** Looks up what is kept and computes the rest; remembers for as long as it is used, so use it for one question. */
    SubtreeHashes hashes() {
        Map<String, byte[]> known = new HashMap<>();
        return (level, index) -> known.computeIfAbsent(level + "/" + index, key -> subtree(level, index));
    }

    private byte[] subtree(int level, long index) {
        int kept = level - level % KEPT_LEVELS;
        int count = 1 << (level - kept);
        var hashes = kept == 0 ? leaves(index * count, count) : nodes(kept, index * count, count);
        if (hashes.size() != count) {
            throw new IllegalStateException("The tree has a hole: level " + level + ", index " + index + ".");
        }
        while (hashes.size() > 1) {
            var above = new ArrayList<byte[]>(hashes.size() / 2);
            for (int i = 0; i < hashes.size(); i += 2) {
                above.add(Merkle.node(hashes.get(i), hashes.get(i + 1)));
            }
            hashes = above;
        }
        return hashes.getFirst();
    }

    private List<byte[]> leaves(long from, int count) {
        return db.sql("select hash from audit_leaf where leaf >= :from and leaf < :to order by leaf")
                .param("from", from)
                .param("to", from + count)
                .query(byte[].class)
                .list();
    }

    private List<byte[]> nodes(int level, long from, int count) {
        return db.sql(
                        "select hash from audit_node where level = :level and index >= :from and index < :to order by index")
                .param("level", level)
                .param("from", from)
                .param("to", from + count)
                .query(byte[].class)
                .list();
    }
}
