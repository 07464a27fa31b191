/**
 * Erases the person of a referral: destroys its keys, removes what it was found by, and says so to everybody.
 * Emits: {@code referral.erased.v1} to the outbox. Owns: tables erasure, erasure_request.
 */
@NullMarked
package org.referralgateway.api.erasure;

import org.jspecify.annotations.NullMarked;
