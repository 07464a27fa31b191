/**
 * The trail: who did what with what outcome, and the page on which an auditor reads it. Append and read, nothing else.
 * Owns: table audit_event.
 */
@NullMarked
package org.referralgateway.api.audit;

import org.jspecify.annotations.NullMarked;
