@NullMarked
package org.referralgateway.api.validation;

import org.jspecify.annotations.NullMarked;
