@NullMarked
package org.referralgateway.mapper;

import org.jspecify.annotations.NullMarked;
