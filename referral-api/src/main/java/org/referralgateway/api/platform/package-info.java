/**
 * What every step of the journey stands on: the FHIR server, limits, identity, clock, ids, health. No domain words in here.
 */
@NullMarked
package org.referralgateway.api.platform;

import org.jspecify.annotations.NullMarked;
