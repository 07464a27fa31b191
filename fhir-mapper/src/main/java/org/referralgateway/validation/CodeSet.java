package org.referralgateway.validation;

import java.util.Set;

/**
 * The codes of a value set that something is bound to.
 *
 * @param isRequired false where a code of another set may stand, too
 * @param isKnown false where they cannot be listed: all of a code system that is not here
 * @param codes without their systems
 * @param codings as {@code system|code}
 */
record CodeSet(String url, boolean isRequired, boolean isKnown, Set<String> codes, Set<String> codings) {}
