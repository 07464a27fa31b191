package org.referralgateway.api.vault;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** What was asked for cannot be read any more, by anybody: its person was erased. */
public final class Erased extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErasureRecord erasure;

    Erased(ErasureRecord erasure) {
        super("The person of this referral was erased on " + day(erasure) + ": "
                + erasure.reason().words() + ". What was sent cannot be read any more.");
        this.erasure = erasure;
    }

    public ErasureRecord erasure() {
        return erasure;
    }

    /** For a sentence to whoever asked; names nobody. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Instead of a name in a list. */
    public String shortly() {
        return "erased on " + day(erasure);
    }

    private static LocalDate day(ErasureRecord erasure) {
        return erasure.at().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
