/**
 * Who calls, and what they may touch. Every request passes here first: a sender with a bearer token, a person with a session.
 * One table ({@link Policy}) says which caller may do what; what it does not name is refused.
 */
@NullMarked
package org.referralgateway.api.access;

import org.jspecify.annotations.NullMarked;
