/** What nobody of good will sends: hostile requests, marks that must not leak, and targets of the fuzzer. */
@org.jspecify.annotations.NullMarked
package org.referralgateway.api.hostile;
