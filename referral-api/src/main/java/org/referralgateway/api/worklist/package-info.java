/**
 * The coordinator's pages: tasks, referrals, decisions.
 * Receives: clicks. Emits: {@code triage.decided.v1}, {@code information.requested.v1} to the outbox.
 */
@NullMarked
package org.referralgateway.api.worklist;

import org.jspecify.annotations.NullMarked;
