package org.referralgateway.events;

/** The topics. The key of every event is the referral id, so that a referral's events stay in order. */
public final class Topics {

    /** What happened to referrals; the assessment consumer and the clinic's other systems read it. */
    public static final String REFERRAL_EVENTS = "referral.events.v1";

    /** What happened to the tasks that hang under referrals. */
    public static final String ASSESSMENT_TASKS = "assessment.tasks.v1";

    /** Signed checkpoints of the audit trail; one partition, the key is the trail's origin. No events. */
    public static final String AUDIT_CHECKPOINTS = "audit.checkpoints.v1";

    private Topics() {}
}
