package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.Submission;

/**
 * Something that arrived, understood as to its shape.
 *
 * @param at when it reached the gateway first
 * @param coordinationTask the task that the placer was already given, where it waited before; absent otherwise
 * @param ifMatch the version that the sender changes, where it said so
 */
record Arrival(
        String sender,
        Payload payload,
        Submission submission,
        Instant at,
        @Nullable UUID coordinationTask,
        @Nullable Integer ifMatch) {

    static Arrival now(String sender, Payload payload, Submission submission, Instant at) {
        return new Arrival(sender, payload, submission, at, null, null);
    }
}
