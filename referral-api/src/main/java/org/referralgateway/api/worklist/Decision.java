package org.referralgateway.api.worklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a coordinator can decide about a referral. Notes stay with the task; they go into no event and no trail. */
sealed interface Decision {

    record Accept() implements Decision {}

    /**
     * @param reason code of the clinic's list
     */
    record Decline(String reason, @Nullable String note) implements Decision {}

    /**
     * @param items of the minimum data set that the referrer is asked for
     */
    record Ask(List<String> items, @Nullable String note) implements Decision {
        public Ask {
            items = List.copyOf(items);
        }
    }
}
