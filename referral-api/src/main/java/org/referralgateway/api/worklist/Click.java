package org.referralgateway.api.worklist;

import java.util.UUID;

/**
 * Somebody's wish to do something with a task.
 *
 * @param version of the task as that person saw it
 */
record Click(UUID task, int version, String person, String requestId) {

    /** The person as the trail names them. */
    String actor() {
        return "person:" + person;
    }
}
