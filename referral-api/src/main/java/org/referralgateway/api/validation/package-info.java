/**
 * Holds what arrives against FHIR and our guide: at once by the fast check, behind it on a sample by the reference validator,
 * and in full for a sender who asks ({@code $validate}). Serves the guide itself. Receives: payloads after the strict reading.
 * Emits: issues that refuse or travel, answers of the reference, a count of disagreements. Stores nothing.
 */
@NullMarked
package org.referralgateway.api.validation;

import org.jspecify.annotations.NullMarked;
