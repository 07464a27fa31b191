package org.referralgateway.events;

/** A record on a topic that is no event of ours, or a broken one. The message never holds any of its content. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    public UnreadableEvent(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Stable name of what is wrong: {@code missing-header}, {@code unknown-type}, {@code bad-header}, {@code bad-data}. */
    public String code() {
        return code;
    }
}
