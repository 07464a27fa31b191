package org.referralgateway.api.access;

/** What a SMART scope can allow on a type of resource, in the order in which a scope has to name it. */
public enum Right {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    DELETE('d'),
    SEARCH('s');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }
}
