package org.referralgateway.api.audit;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.trail.Checkpoint;
import org.referralgateway.trail.SignedNote;
import org.referralgateway.trail.TrailCheck;
import org.springframework.stereotype.Component;

/** How it stands with the sealing, for pages. */
@Component
class SealStatus {

    private final Sealer sealer;
    private final SealedTree stored;
    private final SealKey key;
    private final SealPlaces places;
    private final DataSource database;

    SealStatus(Sealer sealer, SealedTree stored, SealKey key, SealPlaces places, DataSource database) {
        this.sealer = sealer;
        this.stored = stored;
        this.key = key;
        this.places = places;
        this.database = database;
    }

    public String words() {
        return sealer.state().words();
    }

    public boolean isWell() {
        return sealer.state().isWell();
    }

    public SealedTree.@Nullable Stored newest() {
        return stored.latest().orElse(null);
    }

    /**
     * @param kept checkpoints from outside of the database that were compared with
     */
    record Verified(TrailCheck.Report report, List<Checkpoint> kept) {}

    /** Verifies the whole trail now; nothing where there is no key to verify with. */
    Optional<Verified> verify() {
        return key.signer().map(signer -> {
            var kept = new ArrayList<SignedNote>();
            for (var place : places.all()) {
                try {
                    place.largest().ifPresent(kept::add);
                } catch (IOException e) {
                    // What does not answer is not compared with; the page says how many were.
                    continue;
                }
            }
            try (var connection = Work.TRAIL.call(database::getConnection)) {
                var report = StoredTrail.verify(
                        connection,
                        signer.verifier(),
                        kept.stream().map(SignedNote::toString).toList());
                connection.rollback();
                return new Verified(
                        report,
                        kept.stream()
                                .flatMap(note -> note.checkpoint().stream())
                                .toList());
            } catch (SQLException e) {
                throw new IllegalStateException("The trail could not be read.", e);
            }
        });
    }
}
