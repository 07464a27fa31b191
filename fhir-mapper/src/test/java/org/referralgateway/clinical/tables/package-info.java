@NullMarked
package org.referralgateway.clinical.tables;

import org.jspecify.annotations.NullMarked;
