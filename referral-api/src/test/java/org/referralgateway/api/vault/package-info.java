@NullMarked
package org.referralgateway.api.vault;

import org.jspecify.annotations.NullMarked;
