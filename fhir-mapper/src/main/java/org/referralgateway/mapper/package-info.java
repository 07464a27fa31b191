/**
 * FHIR in, our words out, and back. Pure functions: the same bytes and tables give the same result, byte for byte; no
 * clock, no network, no files after the tables are loaded, no Spring.
 *
 * <p>The way in: {@link org.referralgateway.mapper.PayloadCheck} reads bytes strictly and finds every structural problem
 * with its FHIRPath; {@link org.referralgateway.mapper.SubmissionReader} understands what was sent;
 * {@link org.referralgateway.mapper.ReferralMapper} turns each ServiceRequest into a
 * {@link org.referralgateway.mapper.Referral}. The way back: {@link org.referralgateway.mapper.Outcomes}.
 */
@NullMarked
package org.referralgateway.mapper;

import org.jspecify.annotations.NullMarked;
