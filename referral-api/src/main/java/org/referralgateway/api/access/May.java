package org.referralgateway.api.access;

import org.jspecify.annotations.Nullable;

/** What the person who looks at a page may do, for pages to offer nothing else. */
public record May(@Nullable Caller caller) {

    public boolean open(String path) {
        return Routes.allow(caller, "GET", path);
    }

    public boolean post(String path) {
        return Routes.allow(caller, "POST", path);
    }
}
