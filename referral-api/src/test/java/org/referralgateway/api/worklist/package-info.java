@NullMarked
package org.referralgateway.api.worklist;

import org.jspecify.annotations.NullMarked;
