/**
 * The one-command distribution: the service with a PostgreSQL and a Kafka of its own, and a demonstration of what it does.
 * Receives: the command line. Gives: a running gateway, its addresses on the terminal, and an orderly end on Ctrl-C.
 */
@NullMarked
package org.referralgateway.standalone;

import org.jspecify.annotations.NullMarked;
