@NullMarked
package org.referralgateway.events;

import org.jspecify.annotations.NullMarked;
