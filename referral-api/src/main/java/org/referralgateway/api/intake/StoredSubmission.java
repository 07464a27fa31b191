package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a submission was stored as: one place per resource, in the order of the entries.
 */
record StoredSubmission(UUID submission, Instant receivedAt, List<Place> places) {

    StoredSubmission {
        places = List.copyOf(places);
    }

    /**
     * @param entry of the Bundle; -1 for a bare resource
     * @param created false where the entry was answered by a resource that was there already, or made a new version of it
     */
    record Place(int entry, String type, String id, int version, boolean created) {

        /** As HTTP's Location has it, relative to the FHIR base. */
        String location() {
            return type + "/" + id + "/_history/" + version;
        }
    }
}
