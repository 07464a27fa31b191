package org.referralgateway.api.worklist;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral;

/**
 * Everything that a person should see of a referral.
 *
 * @param content as the mapper understood it
 * @param payload as received
 * @param payloadBytes how large it is
 * @param tasks the coordination task first
 * @param others that seem to be of the same person
 * @param notes what was written on tasks, by task
 */
record ReferralPage(
        String sender,
        UUID id,
        int version,
        Instant receivedAt,
        Referral content,
        PayloadText payload,
        int payloadBytes,
        List<WorklistRow> tasks,
        Map<UUID, TaskNote> notes,
        String requestStatus,
        List<ReferralVersions.Version> versions,
        List<HistoryEntry> history,
        List<OtherReferrals.Other> others) {

    /** Whether its placer called it off. */
    public boolean isCalledOff() {
        return requestStatus.equals("revoked") || requestStatus.equals("entered-in-error");
    }

    /** What the conclusions about it rest on, in words. */
    public FactTexts facts() {
        return new FactTexts(content);
    }

    /** Why a task is as it is: a code, and words of the clinic's people. */
    record TaskNote(@Nullable String reason, @Nullable String note) {}

    /** The task on which the placer sees what became of the referral; absent for the moment until it is opened. */
    public @Nullable WorklistRow coordination() {
        return tasks.isEmpty() || !tasks.getFirst().isCoordination() ? null : tasks.getFirst();
    }

    public List<WorklistRow> tasksUnderIt() {
        return tasks.stream().filter(task -> !task.isCoordination()).toList();
    }
}
