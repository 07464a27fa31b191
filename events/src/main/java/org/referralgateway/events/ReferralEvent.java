package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a referral, in order. Topic {@link Topics#REFERRAL_EVENTS}. */
public sealed interface ReferralEvent extends GatewayEvent {

    /**
     * A referral was accepted from a placer and is durable.
     *
     * @param coordinationTask the task that the placer will see; its id is given here so that whoever creates it, and
     *     however often, creates the same one
     * @param version of the referral, from 1
     * @param content its coded facts
     */
    record Received(TaskId coordinationTask, int version, ReferralFacts content) implements ReferralEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.REFERRAL_RECEIVED_V1;
        }
    }

    /**
     * The placer sent a new version of the referral.
     *
     * @param version of the referral, from 2
     * @param content its coded facts, as they are now
     * @param changed what differs from the version before, for example {@code treatments}
     * @param retriage true where one of these matters for triage
     */
    record Amended(TaskId coordinationTask, int version, ReferralFacts content, List<String> changed, boolean retriage)
            implements ReferralEvent {
        public Amended {
            changed = List.copyOf(changed);
        }

        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.REFERRAL_AMENDED_V1;
        }
    }

    /**
     * The placer no longer wants what was asked for.
     *
     * @param version of the referral, from 2
     */
    record Cancelled(TaskId coordinationTask, int version) implements ReferralEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.REFERRAL_CANCELLED_V1;
        }
    }

    /**
     * The placer says that the referral should never have been sent.
     *
     * @param version of the referral, from 2
     */
    record WithdrawnInError(TaskId coordinationTask, int version) implements ReferralEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.REFERRAL_WITHDRAWN_IN_ERROR_V1;
        }
    }

    /**
     * The person of the referral was erased: the key of its payloads and events is destroyed. Never locked itself. Whoever has
     * copied what earlier events said deletes it.
     *
     * @param reason why, as a code, for example {@code person-asked}
     */
    record Erased(TaskId coordinationTask, String reason) implements ReferralEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.REFERRAL_ERASED_V1;
        }
    }

    /**
     * A coordinator decided about the referral.
     *
     * @param reasonCode why it was declined, from the clinic's list; absent where it was accepted
     */
    record TriageDecided(TriageOutcome outcome, @Nullable String reasonCode) implements ReferralEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.TRIAGE_DECIDED_V1;
        }
    }

    /**
     * The clinic asked the placer for more information.
     *
     * @param items what is asked for, as the names of completeness items
     */
    record InformationRequested(List<String> items) implements ReferralEvent {
        public InformationRequested {
            items = List.copyOf(items);
        }

        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.INFORMATION_REQUESTED_V1;
        }
    }
}
