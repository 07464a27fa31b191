/**
 * What the placer can read back: the coordination task and the tasks under it, as FHIR Tasks.
 */
@NullMarked
package org.referralgateway.api.closedloop;

import org.jspecify.annotations.NullMarked;
