/**
 * What a referral means to the clinic: is it ours, has enough been tried, is it safe, how soon. Receives a
 * {@link org.referralgateway.mapper.Referral}, the clinic's tables and its policy; gives
 * {@link org.referralgateway.events.Conclusions}, each with the rule, the facts it rests on and what was not there. Pure
 * functions: no FHIR, no clock, no files once loaded. A person decides.
 */
@NullMarked
package org.referralgateway.clinical;

import org.jspecify.annotations.NullMarked;
