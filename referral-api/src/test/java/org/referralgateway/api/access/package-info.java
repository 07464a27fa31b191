@NullMarked
package org.referralgateway.api.access;

import org.jspecify.annotations.NullMarked;
