@NullMarked
package org.referralgateway.validation;

import org.jspecify.annotations.NullMarked;
