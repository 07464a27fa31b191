package org.referralgateway.api.platform;

/** Marks a bean whose HAPI annotations work on the whole server, such as a transaction, not on one type. */
public interface SystemProvider {}
