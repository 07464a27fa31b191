package org.referralgateway.api.vault;

import java.util.Arrays;
import java.util.Optional;

/** Why somebody is erased. A code and no free text: it stays on the trail for ever, and nobody may be named there. */
public enum ErasureReason {
    PERSON_ASKED("person-asked", "the person asked for it"),
    CONSENT_WITHDRAWN("consent-withdrawn", "the person withdrew their consent"),
    RETENTION_OVER("retention-over", "it was kept as long as it had to be"),
    SENT_IN_ERROR("sent-in-error", "it should never have been sent"),
    LEGAL_ORDER("legal-order", "a court or an authority ordered it");

    private final String code;
    private final String words;

    ErasureReason(String code, String words) {
        this.code = code;
        this.words = words;
    }

    public String code() {
        return code;
    }

    /** For a sentence: it was erased because … */
    public String words() {
        return words;
    }

    public static Optional<ErasureReason> of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
