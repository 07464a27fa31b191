/**
 * How the clinic's people come in: accounts, passwords, logins, sessions, and the pages for them.
 * Receives: login forms, and answers of an identity provider. Owns: account, person_session, pending_login.
 * What somebody who is in may touch is said elsewhere, in {@code access}.
 */
@NullMarked
package org.referralgateway.api.people;

import org.jspecify.annotations.NullMarked;
