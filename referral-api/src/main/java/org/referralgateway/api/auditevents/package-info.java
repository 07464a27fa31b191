/**
 * The trail in FHIR: {@code AuditEvent} after IHE's Basic Audit Log Patterns, to be searched, read and exported by an
 * auditor's programs. Made out of the rows when they are asked for, so there is one log and not two.
 */
@NullMarked
package org.referralgateway.api.auditevents;

import org.jspecify.annotations.NullMarked;
