/**
 * The clinic's tables: codes and words of diagnoses, drugs and services, and what they stand for. Receives CSV files that a
 * clinic can replace; gives maps that answer at once. Knows systems, codes and text, nothing of referrals or FHIR. Every
 * mistake of every file is reported together, with file, line, column and what to do.
 */
@NullMarked
package org.referralgateway.clinical.tables;

import org.jspecify.annotations.NullMarked;
