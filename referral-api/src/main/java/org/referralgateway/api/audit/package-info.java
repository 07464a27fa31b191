/**
 * The trail: who did what with what outcome; sealing it behind the writers; proofs; and the pages on which an auditor reads
 * it. Append and read, nothing else. Owns: the tables audit_*.
 */
@NullMarked
package org.referralgateway.api.audit;

import org.jspecify.annotations.NullMarked;
