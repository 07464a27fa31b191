package org.referralgateway.api.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.referralgateway.trail.SignedNote;

/** Where checkpoints are kept outside the database. */
interface CheckpointPlace {

    /** In words, and in the table of what was published. */
    String name();

    /** The largest checkpoint there that bears our signature; nothing where there is none. */
    Optional<SignedNote> largest() throws IOException;

    /** Puts them there, in order; returns once they are safe. */
    void publish(List<SealedTree.Stored> checkpoints) throws IOException;
}
