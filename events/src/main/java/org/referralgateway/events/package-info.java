/**
 * Our words: what happened to a referral, and how that is written on a topic. No FHIR, no Spring, no Kafka, no SQL.
 */
@NullMarked
package org.referralgateway.events;

import org.jspecify.annotations.NullMarked;
