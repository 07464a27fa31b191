package org.referralgateway.api.vault;

/** As what a value is stored by which something is found again. What is compared with each other has a kind of its own. */
public final class Fingerprints {

    private static final String NUMBER = "number:";

    private Fingerprints() {}

    /** An identifier's value. Its system stays, and says nothing of anybody. */
    public static String number(Vault vault, String sender, String value) {
        return vault.fingerprint("number " + sender, value);
    }

    /** What says that two requests are the same one. */
    public static String key(Vault vault, String sender, String kind, String key) {
        return vault.fingerprint(kind + " " + sender, key);
    }

    /** What a request that is kept waits for: {@code Type/id} stays as it is, a number does not. */
    public static String handle(Vault vault, String sender, String handle) {
        return handle.startsWith(NUMBER)
                ? NUMBER + vault.fingerprint("handle " + sender, handle.substring(NUMBER.length()))
                : handle;
    }

    /** By what the same person is found: the same whoever sent it. */
    public static String person(Vault vault, String key) {
        return vault.fingerprint("person", key);
    }
}
