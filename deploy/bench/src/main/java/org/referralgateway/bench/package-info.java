/**
 * What the gateway costs: an open-loop load driver that sends referrals at a constant rate and says what came back,
 * how fast, and for how much CPU. Knows nothing of the gateway but its FHIR interface.
 */
@NullMarked
package org.referralgateway.bench;

import org.jspecify.annotations.NullMarked;
