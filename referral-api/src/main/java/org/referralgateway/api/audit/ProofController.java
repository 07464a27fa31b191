package org.referralgateway.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.referralgateway.trail.Checkpoint;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.Proofs;
import org.referralgateway.trail.SignedNote;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Checkpoints and proofs for programs; the formats are in {@code deploy/docs/audit-format.md}. */
@RestController
@RequestMapping("/audit")
class ProofController {

    private static final int LARGEST_NOTE = 16 * 1024;

    private final SealedTree stored;
    private final SealKey key;
    private final TrailExport export;
    private final AuditTrail trail;
    private final Identity identity;
    private final JdbcClient db;
    private final Clock clock;

    ProofController(
            SealedTree stored,
            SealKey key,
            TrailExport export,
            AuditTrail trail,
            Identity identity,
            JdbcClient db,
            Clock clock) {
        this.stored = stored;
        this.key = key;
        this.export = export;
        this.trail = trail;
        this.identity = identity;
        this.db = db;
        this.clock = clock;
    }

    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    String key() {
        return key.signer().orElseThrow(ProofController::notThere).verifier() + "\n";
    }

    /**
     * @param size that of an earlier one; the newest without it
     */
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    String checkpoint(@RequestParam(required = false) @Nullable Long size) {
        var found = size == null ? stored.latest() : stored.ofSize(size);
        return stored.withCosignatures(
                        found.orElseThrow(ProofController::notThere).signed())
                .toString();
    }

    /**
     * @param row the line that was sealed; left out where the caller may not see the row
     * @param path hashes in hexadecimal, from the leaf upwards
     */
    record Inclusion(
            long position, long leaf, String hash, @Nullable String row, List<String> path, String checkpoint) {}

    /**
     * @param size of the checkpoint that is to contain the row; the newest without it
     */
    @GetMapping("/inclusion")
    Inclusion inclusion(@RequestParam long position, @RequestParam(required = false) @Nullable Long size) {
        long leaf = stored.leafOf(position).orElseThrow(ProofController::notThere);
        var note = (size == null ? stored.latest() : stored.ofSize(size))
                .orElseThrow(ProofController::notThere)
                .signed();
        long in = note.checkpoint().map(Checkpoint::size).orElse(0L);
        if (leaf >= in) {
            throw notThere();
        }
        var hashes = stored.hashes();
        return new Inclusion(
                position,
                leaf,
                Merkle.hex(hashes.hash(0, leaf)),
                row(position).orElse(null),
                Proofs.inclusion(leaf, in, hashes).stream().map(Merkle::hex).toList(),
                stored.withCosignatures(note).toString());
    }

    private Optional<String> row(long position) {
        return db.sql("select " + AuditRows.COLUMNS
                        + " from audit_event a where a.position = :position and a.sender in (:senders)")
                .param("position", position)
                .param("senders", LogPages.withTheHouse(identity.clinicSenders()))
                .query(AuditRows::of)
                .optional()
                .map(row -> row.text());
    }

    /**
     * @param path hashes in hexadecimal
     */
    record Consistency(long from, long to, List<String> path) {}

    @GetMapping("/consistency")
    Consistency consistency(@RequestParam long from, @RequestParam long to) {
        if (from < 0 || from > to || to > stored.size()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return new Consistency(
                from,
                to,
                Proofs.consistency(from, to, stored.hashes()).stream()
                        .map(Merkle::hex)
                        .toList());
    }

    /** Takes a checkpoint of ours back with the signatures of witnesses that the settings name. Others are left out. */
    @PostMapping("/cosignatures")
    ResponseEntity<Void> cosign(InputStream body) throws IOException {
        // Anybody may send one: what is too large is not read to its end.
        var bytes = body.readNBytes(LARGEST_NOTE + 1);
        var note = Optional.of(bytes)
                .filter(read -> read.length <= LARGEST_NOTE)
                .map(read -> new String(read, StandardCharsets.UTF_8))
                .flatMap(SignedNote::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        var ours = note.checkpoint()
                .flatMap(checkpoint -> stored.ofSize(checkpoint.size()))
                .filter(checkpoint -> checkpoint.signed().text().equals(note.text()))
                .orElseThrow(ProofController::notThere);
        int taken = 0;
        for (var witness : key.witnesses()) {
            for (var signature : note.signatures()) {
                if (witness.isGood(signature, note.text())) {
                    stored.addCosignature(ours.number(), witness, signature, clock.instant());
                    taken++;
                }
            }
        }
        if (taken == 0) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return ResponseEntity.noContent().build();
    }

    /** The whole trail, of all senders, with what is needed to verify it. */
    @GetMapping("/export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var verifier = key.signer().orElseThrow(ProofController::notThere).verifier();
        exported(clock.instant(), identity.person(), RequestIds.of(request));
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-trail.zip\"");
        export.write(verifier, response.getOutputStream());
    }

    private void exported(Instant at, String person, String requestId) {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                at,
                Who.person(person),
                "trail.exported",
                "success",
                null,
                null,
                requestId,
                Map.of()));
    }

    private static ResponseStatusException notThere() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
