@NullMarked
package org.referralgateway.api;

import org.jspecify.annotations.NullMarked;
