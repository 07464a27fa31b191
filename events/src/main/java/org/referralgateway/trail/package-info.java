/**
 * How the audit trail proves itself: the bytes of a row, the Merkle tree over them, and the signed checkpoints of that
 * tree. Pure functions without a database, so that the service that seals and a verifier that trusts nobody do the same.
 * The formats are described in {@code deploy/docs/audit-format.md}.
 */
@NullMarked
package org.referralgateway.trail;

import org.jspecify.annotations.NullMarked;
