package org.referralgateway.embedded;

/** The data folder cannot be claimed. The message names the folder and says what to do; it is meant to be printed. */
public final class DataFolderRefused extends RuntimeException {
    DataFolderRefused(String message) {
        super(message);
    }
}
