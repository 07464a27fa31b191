package org.referralgateway.events;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of event on the wire: name with version, topic, and the record that carries the data. A new version of an
 * event is a new row here; the old row stays until the last consumer has left.
 */
public enum EventType {
    REFERRAL_RECEIVED_V1("referral.received.v1", Topics.REFERRAL_EVENTS, ReferralEvent.Received.class),
    REFERRAL_AMENDED_V1("referral.amended.v1", Topics.REFERRAL_EVENTS, ReferralEvent.Amended.class),
    REFERRAL_CANCELLED_V1("referral.cancelled.v1", Topics.REFERRAL_EVENTS, ReferralEvent.Cancelled.class),
    REFERRAL_WITHDRAWN_IN_ERROR_V1(
            "referral.withdrawn-in-error.v1", Topics.REFERRAL_EVENTS, ReferralEvent.WithdrawnInError.class),
    REFERRAL_ERASED_V1("referral.erased.v1", Topics.REFERRAL_EVENTS, ReferralEvent.Erased.class),
    TRIAGE_DECIDED_V1("triage.decided.v1", Topics.REFERRAL_EVENTS, ReferralEvent.TriageDecided.class),
    INFORMATION_REQUESTED_V1(
            "information.requested.v1", Topics.REFERRAL_EVENTS, ReferralEvent.InformationRequested.class),
    TASK_OPENED_V1("task.opened.v1", Topics.ASSESSMENT_TASKS, TaskEvent.Opened.class),
    TASK_CHANGED_V1("task.changed.v1", Topics.ASSESSMENT_TASKS, TaskEvent.Changed.class);

    private final String wireName;
    private final String topic;
    private final Class<? extends GatewayEvent> data;

    EventType(String wireName, String topic, Class<? extends GatewayEvent> data) {
        this.wireName = wireName;
        this.topic = topic;
        this.data = data;
    }

    /** For example {@code referral.received.v1}. */
    public String wireName() {
        return wireName;
    }

    /** The topic that events of this type go to. */
    public String topic() {
        return topic;
    }

    /** The record that holds the event's data. */
    public Class<? extends GatewayEvent> data() {
        return data;
    }

    /** Names the JSON Schema of the data; the schema file is {@code schema/<wireName>.schema.json} on the class path. */
    public String dataSchema() {
        return "urn:referral-gateway:schema:" + wireName;
    }

    public static Optional<EventType> named(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
