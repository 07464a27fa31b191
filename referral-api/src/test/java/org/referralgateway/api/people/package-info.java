@NullMarked
package org.referralgateway.api.people;

import org.jspecify.annotations.NullMarked;
