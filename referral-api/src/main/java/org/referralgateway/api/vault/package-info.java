/**
 * Keeps what says who a person is under a key of its referral. Destroying that key erases the person wherever copies lie: in
 * tables, events, topics and backups. The keys are derived from a keyring, a file outside the database.
 */
@NullMarked
package org.referralgateway.api.vault;

import org.jspecify.annotations.NullMarked;
