package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.SentResource.Write;

/**
 * Sorts out a Bundle's entries. Source: <a href="http://hl7.org/fhir/R4/http.html#transaction">transaction rules</a>. A
 * referral intake only takes things in, so entries that read, patch or delete are refused, whatever else is in the Bundle.
 */
final class BundlePlan {

    private final Dialect dialect;
    private final Sent sent;
    private final Bundle bundle;
    private final boolean collection;
    private final List<MappingIssue> issues = new ArrayList<>();

    BundlePlan(Dialect dialect, Sent sent) {
        this.dialect = dialect;
        this.sent = sent;
        this.bundle = sent.bundle().orElseThrow();
        this.collection = bundle.getType() == Bundle.BundleType.COLLECTION;
    }

    Submission submission() {
        issues.addAll(sent.problems());
        var resources = new ArrayList<SentResource>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = bundle.getEntry().get(i);
            var part = sent.part(i);
            var write = write(entry, part.orElse(null), "Bundle.entry[" + i + "]");
            if (part.isPresent() && write.isPresent()) {
                resources.add(new SentResource(
                        part.get(), part.get().path(), entry.getResource(), entry.getFullUrl(), write.get()));
                resources.addAll(sent.nested(i, entry.getResource()));
            }
        }
        repeatedFullUrls();
        var submission = Submission.of(dialect, resources, List.of());
        whole(submission);
        return Submission.of(dialect, resources, issues);
    }

    private void whole(Submission submission) {
        if (bundle.getEntry().isEmpty()) {
            error(
                    IssueCode.BUNDLE_EMPTY,
                    "Bundle.entry",
                    "The Bundle has no entry. Add the ServiceRequest and its parts.");
        } else if (submission.serviceRequests().isEmpty() && issues.stream().noneMatch(MappingIssue::isError)) {
            error(
                    IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST,
                    "Bundle.entry",
                    "No entry is a ServiceRequest, so there is no referral in this Bundle. Add it, or send single"
                            + " resources to their own address.");
        }
        var seen = new HashSet<String>();
        for (var sent : submission.serviceRequests()) {
            for (var identifier : Identifiers.placerIdentity((ServiceRequest) sent.resource())) {
                if (!seen.add(identifier.token())) {
                    error(
                            IssueCode.REFERRAL_REPEATED,
                            sent.path() + ".identifier",
                            "Two ServiceRequests of this Bundle have the same identifier. Send each referral once.");
                }
            }
        }
    }

    private Optional<Write> write(BundleEntryComponent entry, CheckedPayload.@Nullable Part part, String path) {
        if (entry.getResource() == null || entry.getResource().isEmpty()) {
            if (collection || !entry.hasRequest() || isWrite(entry.getRequest().getMethod())) {
                error(IssueCode.ENTRY_WITHOUT_RESOURCE, path + ".resource", "The entry has no resource. Add it.");
                return Optional.empty();
            }
        }
        if (collection) {
            return Optional.of(new Write.Create());
        }
        if (!entry.hasRequest()) {
            error(
                    IssueCode.REQUIRED_MISSING,
                    path + ".request",
                    "Each entry of a transaction or batch needs a request with method and url. Add it.");
            return Optional.empty();
        }
        return requested(entry, part, path);
    }

    private static boolean isWrite(@Nullable HTTPVerb method) {
        return method == HTTPVerb.POST || method == HTTPVerb.PUT;
    }

    private Optional<Write> requested(BundleEntryComponent entry, CheckedPayload.@Nullable Part part, String path) {
        var request = entry.getRequest();
        var method = request.getMethod();
        if (!isWrite(method)) {
            error(
                    IssueCode.ENTRY_METHOD_NOT_SUPPORTED,
                    path + ".request.method",
                    "Entries of a referral create or update. Use POST or PUT.");
            return Optional.empty();
        }
        return method == HTTPVerb.POST ? post(entry, path) : put(entry, part, path);
    }

    private Optional<Write> post(BundleEntryComponent entry, String path) {
        var type = entry.getResource().fhirType();
        var url = String.valueOf(entry.getRequest().getUrl());
        if (!url.equals(type) && !url.equals("/" + type)) {
            error(
                    IssueCode.ENTRY_URL_MISMATCH,
                    path + ".request.url",
                    "The url of a POST must be the resource's type, here " + type + ".");
            return Optional.empty();
        }
        if (!entry.getRequest().hasIfNoneExist()) {
            return Optional.of(new Write.Create());
        }
        var identifier = ConditionalIdentifier.of(entry.getRequest().getIfNoneExist());
        if (identifier.isEmpty()) {
            error(
                    IssueCode.CONDITION_NOT_SUPPORTED,
                    path + ".request.ifNoneExist",
                    "Only identifier=system|value is supported as a condition.");
            return Optional.empty();
        }
        return Optional.of(new Write.CreateUnlessKnown(identifier.get()));
    }

    private Optional<Write> put(BundleEntryComponent entry, CheckedPayload.@Nullable Part part, String path) {
        var resource = entry.getResource();
        var url = String.valueOf(entry.getRequest().getUrl());
        if (url.contains("?")) {
            return putWhere(resource, url, path);
        }
        var id = part == null ? null : part.id();
        if (id == null || !url.replaceFirst("^/", "").equals(resource.fhirType() + "/" + id)) {
            error(
                    IssueCode.ENTRY_URL_MISMATCH,
                    path + ".request.url",
                    "The url of a PUT must be the resource's type and id, and the resource must have that id.");
            return Optional.empty();
        }
        return Optional.of(new Write.Put(id));
    }

    private Optional<Write> putWhere(Resource resource, String url, String path) {
        var condition = url.substring(url.indexOf('?') + 1);
        var identifier = ConditionalIdentifier.of(condition);
        if (identifier.isEmpty() || !url.replaceFirst("^/", "").startsWith(resource.fhirType() + "?")) {
            error(
                    IssueCode.CONDITION_NOT_SUPPORTED,
                    path + ".request.url",
                    "Only Type?identifier=system|value is supported as a condition, with the resource's own type.");
            return Optional.empty();
        }
        return Optional.of(new Write.PutWhere(identifier.get()));
    }

    private void repeatedFullUrls() {
        var seen = new HashSet<String>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var fullUrl = bundle.getEntry().get(i).getFullUrl();
            if (fullUrl != null && !seen.add(fullUrl)) {
                error(
                        IssueCode.FULL_URL_REPEATED,
                        "Bundle.entry[" + i + "].fullUrl",
                        "An earlier entry has the same fullUrl, so references to it are ambiguous. Make it unique.");
            }
        }
    }

    private void error(IssueCode code, String expression, String diagnostics) {
        issues.add(MappingIssue.error(code, expression, diagnostics));
    }
}
