package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.api.MethodOutcome;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.api.intake.StoredSubmission.Place;

/** The answer to a create: 201, or 200 where it was there already, with Location, ETag and Last-Modified. */
final class Created {

    private Created() {}

    static MethodOutcome outcome(Place place, Instant at, Resource resource, boolean created) {
        var version = String.valueOf(place.version());
        resource.setId(new IdType(place.type(), place.id(), version));
        resource.getMeta().setVersionId(version).setLastUpdated(Date.from(at));
        return new MethodOutcome(new IdType(place.type(), place.id(), version), created).setResource(resource);
    }
}
