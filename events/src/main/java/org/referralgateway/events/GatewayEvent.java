package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that happened, in the past tense. Carries codes and workflow facts only: no name, no identifier of a person,
 * no free text of a sender.
 */
public sealed interface GatewayEvent permits ReferralEvent, TaskEvent {

    /** The name and version of this kind of event on the wire. */
    @JsonIgnore
    EventType type();
}
