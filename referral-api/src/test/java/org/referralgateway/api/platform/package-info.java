@NullMarked
package org.referralgateway.api.platform;

import org.jspecify.annotations.NullMarked;
