/**
 * A real PostgreSQL and a real Kafka without Docker, for the one-command distribution and for tests.
 * Receives: a folder and a port. Gives: running servers that keep their data in that folder. Knows nothing of referrals.
 */
@NullMarked
package org.referralgateway.embedded;

import org.jspecify.annotations.NullMarked;
