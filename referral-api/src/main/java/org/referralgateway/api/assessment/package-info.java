/**
 * Kafka to assessment tasks: what is to be done about a referral, from the clinic's pathway file.
 * Receives: referral events. Emits: task events to the outbox. Owns: tables task, task_history, inbox, assessment_progress,
 * parked_record.
 */
@NullMarked
package org.referralgateway.api.assessment;

import org.jspecify.annotations.NullMarked;
