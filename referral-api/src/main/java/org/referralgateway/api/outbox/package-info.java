/**
 * Committed events to Kafka, in order per referral, marked sent only after the broker's ack. Owns: table outbox.
 */
@NullMarked
package org.referralgateway.api.outbox;

import org.jspecify.annotations.NullMarked;
