@NullMarked
package org.referralgateway.api.audit;

import org.jspecify.annotations.NullMarked;
