package org.referralgateway.api.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Rule.Allowed;
import org.referralgateway.api.access.Rule.Operation;

/**
 * What each entry of a Bundle would do, and so what it needs: what it asks for ({@code request}), else to create what it holds.
 * The first entry of a message or document is its frame and is stored as a part of it only. A resource that is no Bundle is one
 * entry; Bundles inside a Bundle are opened.
 */
final class Entries {

    private final List<Entry> found = new ArrayList<>();

    private Entries() {}

    /** An entry, at a FHIRPath, and what it takes: the same as if it had come alone. */
    record Entry(String path, List<Scope> needed) {}

    static List<Entry> of(@Nullable IBaseResource body) {
        var entries = new Entries();
        switch (body) {
            case Bundle bundle -> entries.open(bundle, "Bundle");
            case Resource resource -> entries.add(resource.fhirType(), Right.CREATE, resource.fhirType());
            case null, default -> entries.add("", Right.CREATE, "ServiceRequest");
        }
        return List.copyOf(entries.found);
    }

    private void open(Bundle bundle, String path) {
        int index = 0;
        for (var entry : bundle.getEntry()) {
            var place = path + ".entry[" + index + "]";
            boolean isFrame = index == 0 && isFramed(bundle) && isFrame(entry.getResource());
            if (!isFrame) {
                look(entry, place);
            }
            index++;
        }
    }

    private static boolean isFramed(Bundle bundle) {
        return bundle.getType() == BundleType.MESSAGE || bundle.getType() == BundleType.DOCUMENT;
    }

    private static boolean isFrame(@Nullable Resource resource) {
        return resource != null
                && (resource.fhirType().equals("MessageHeader")
                        || resource.fhirType().equals("Composition"));
    }

    private void look(BundleEntryComponent entry, String place) {
        if (entry.getResource() instanceof Bundle inner) {
            open(inner, place + ".resource");
        } else if (entry.getResource() != null) {
            var type = entry.getResource().fhirType();
            add(place, entry.hasRequest() ? right(entry.getRequest().getMethod(), "") : Right.CREATE, type);
        }
        if (entry.hasRequest()) {
            var url = entry.getRequest().getUrl() == null
                    ? ""
                    : entry.getRequest().getUrl();
            var type = url.replaceFirst("^/", "").replaceFirst("[/?].*", "");
            boolean isOther = entry.getResource() == null
                    || !type.equals(entry.getResource().fhirType());
            if (isOther && type.matches("[A-Z][A-Za-z]{1,63}")) {
                add(place, right(entry.getRequest().getMethod(), url), type);
            }
        }
    }

    private static Right right(@Nullable HTTPVerb method, String url) {
        return switch (method) {
            case PUT, PATCH -> Right.UPDATE;
            case DELETE -> Right.DELETE;
            case GET, HEAD -> url.toLowerCase(Locale.ROOT).matches("/?[a-z]+/[^?]+") ? Right.READ : Right.SEARCH;
            case POST, NULL -> Right.CREATE;
            case null -> Right.CREATE;
        };
    }

    private void add(String path, Right right, String type) {
        found.add(new Entry(path, needed(right, type)));
    }

    private static List<Scope> needed(Right right, String type) {
        var alone = new Operation.Fhir(right.name().toLowerCase(Locale.ROOT), type);
        return Policy.of(alone)
                .map(Rule::allowed)
                .filter(Allowed.Sender.class::isInstance)
                .map(allowed -> ((Allowed.Sender) allowed).scopes())
                .orElseGet(() -> List.of(Scope.of(right, type)));
    }
}
