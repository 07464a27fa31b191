@NullMarked
package org.referralgateway.trail;

import org.jspecify.annotations.NullMarked;
