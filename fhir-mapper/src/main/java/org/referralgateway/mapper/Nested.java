package org.referralgateway.mapper;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/** Resources that lie in others. HAPI's terser goes into contained ones, and not into the entries of a Bundle. */
final class Nested {

    private Nested() {}

    /** The resource itself, what it contains, and, of a Bundle, its entries' resources; those of all of them too. */
    static Stream<Resource> withAll(Resource resource) {
        return Stream.concat(Stream.of(resource), within(resource).flatMap(Nested::withAll));
    }

    private static Stream<Resource> within(Resource resource) {
        return switch (resource) {
            case Bundle bundle -> bundle.getEntry().stream().flatMap(entry -> Stream.ofNullable(entry.getResource()));
            case DomainResource domain -> domain.getContained().stream();
            default -> Stream.empty();
        };
    }
}
