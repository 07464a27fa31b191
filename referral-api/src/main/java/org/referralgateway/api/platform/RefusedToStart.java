package org.referralgateway.api.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The service will not run like this: what is wrong, and what to do. */
public final class RefusedToStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    public RefusedToStart(String problem, String action) {
        super(problem);
        this.action = action;
    }

    /** Lets Spring Boot print the two sentences instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<RefusedToStart> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RefusedToStart cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action, cause);
        }
    }
}
