package org.referralgateway.api.vault;

/** A locked text in a column of JSON is a JSON string; what is not locked is the object or array itself. */
public final class LockedJson {

    private LockedJson() {}

    /** As the column takes it. */
    public static String column(String text) {
        return text.startsWith("{") || text.startsWith("[") ? text : "\"" + text + "\"";
    }

    /** Out of the column, to be opened by the vault. */
    public static String text(String stored) {
        return stored.startsWith("\"") ? stored.substring(1, stored.length() - 1) : stored;
    }
}
