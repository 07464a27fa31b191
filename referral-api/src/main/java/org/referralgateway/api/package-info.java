/** The service: from the FHIR request to the coordinator's decision. One package per step of a referral's journey. */
@NullMarked
package org.referralgateway.api;

import org.jspecify.annotations.NullMarked;
