package org.referralgateway.api.worklist;

import java.util.UUID;
import org.referralgateway.api.vault.Place;

/** Where the name lies that lists show of a referral. */
final class PatientName {

    private PatientName() {}

    static Place in(String sender, UUID referral) {
        return new Place("referral", "patient_name", referral, sender);
    }
}
