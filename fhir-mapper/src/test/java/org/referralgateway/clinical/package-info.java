@NullMarked
package org.referralgateway.clinical;

import org.jspecify.annotations.NullMarked;
