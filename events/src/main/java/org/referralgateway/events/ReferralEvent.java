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
