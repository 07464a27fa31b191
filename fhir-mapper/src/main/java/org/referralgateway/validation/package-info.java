/**
 * Says whether a payload is valid FHIR R4 and fits our implementation guide, twice: {@link
 * org.referralgateway.validation.FastCheck} in microseconds for every payload, {@link
 * org.referralgateway.validation.ReferenceCheck} in tens of milliseconds for those who ask and for a sample. Receives:
 * payloads that the strict reading found harmless. Emits: faults and objections. No clock, no network, no threads.
 */
@NullMarked
package org.referralgateway.validation;

import org.jspecify.annotations.NullMarked;
