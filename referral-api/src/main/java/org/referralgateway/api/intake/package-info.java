/**
 * Decides about everything a placer sends: accepted, known already, or refused.
 * Receives: FHIR create, transaction, batch. Emits: {@code referral.received.v1} to the outbox. Owns: tables submission,
 * submission_key, resource, resource_identifier, referral.
 */
@NullMarked
package org.referralgateway.api.intake;

import org.jspecify.annotations.NullMarked;
