package org.referralgateway.api.vault;

/**
 * Where something locked lies; authenticated with it, so that what was locked for one row or column opens in no other.
 *
 * @param row id of the row, and its version where it has several
 */
public record Place(String table, String column, Object row, String sender) {

    /** The sender comes last: it is the only part that may hold a bar. */
    String text() {
        return table + "|" + column + "|" + row + "|" + sender;
    }
}
