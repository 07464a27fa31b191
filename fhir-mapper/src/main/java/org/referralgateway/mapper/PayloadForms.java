package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Edition.Source;
import org.referralgateway.mapper.PayloadForm.AsSent;
import org.referralgateway.mapper.PayloadForm.Converted;
import org.referralgateway.mapper.PayloadForm.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads payloads in every form that is taken (JSON and XML; STU3, R4, R4B and R5) strictly, and makes JSON of R4 of each.
 * The version is what the media type's {@code fhirVersion} says; where it says nothing, R4, unless the payload is no R4 and
 * has the shape of another.
 */
public final class PayloadForms {

    /** The types that STU3 had in the place of R4's ServiceRequest. */
    private static final Map<String, String> STU3_TYPES =
            Map.of("ReferralRequest", "ServiceRequest", "ProcedureRequest", "ServiceRequest");

    private final PayloadLimits limits;
    private final Map<FhirVersion, Edition> editions = new ConcurrentHashMap<>();

    /**
     * @param r4 HAPI's model of R4; those of other versions are made when the first payload needs them
     */
    public PayloadForms(FhirContext r4, PayloadLimits limits) {
        this.limits = limits;
        editions.put(FhirVersion.R4, new Edition(r4, limits));
    }

    /** Makes ready for all versions now, so that no payload waits for it. Takes a few seconds. */
    public void warm() {
        var request = "\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/1\"}}";
        for (var body : List.of(
                "{\"resourceType\":\"ReferralRequest\"," + request,
                "{\"resourceType\":\"ServiceRequest\",\"reason\":[{\"concept\":{\"text\":\"x\"}}]," + request)) {
            read(body.getBytes(StandardCharsets.UTF_8), "application/fhir+json");
        }
    }

    private Edition edition(FhirVersion version) {
        return editions.computeIfAbsent(version, this::create);
    }

    private Edition create(FhirVersion version) {
        var fhir = switch (version) {
            case STU3 -> FhirContext.forDstu3();
            case R4 -> FhirContext.forR4();
            case R5 -> FhirContext.forR5();
        };
        fhir.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        return new Edition(fhir, limits);
    }

    /**
     * @param body of the request, after transfer and content encodings are undone
     * @param contentType as the sender's header has it
     */
    public PayloadForm read(byte[] body, @Nullable String contentType) {
        var type = ContentType.of(contentType);
        if (type.isLinesOfJson()) {
            return refused(
                    IssueCode.MEDIA_TYPE_NOT_SUPPORTED,
                    "Lines of JSON (NDJSON) are for bulk data. Send one resource as application/fhir+json or"
                            + " application/fhir+xml, or several as the entries of a Bundle of type batch.");
        }
        if (!type.isJson() && !type.isXml()) {
            return refused(
                    IssueCode.MEDIA_TYPE_NOT_SUPPORTED,
                    "Send JSON or XML in UTF-8, with the content type application/fhir+json or application/fhir+xml.");
        }
        if (type.fhirVersion().isEmpty()) {
            return undeclared(body, type.isXml());
        }
        return type.fhirVersion()
                .flatMap(FhirVersion::of)
                .map(version -> declared(body, type.isXml(), version))
                .orElseGet(() -> refused(
                        IssueCode.FHIR_VERSION_NOT_SUPPORTED,
                        "The fhirVersion of the content type is none that is taken. Send 4.0 (R4); 4.3 (R4B), 3.0 (STU3)"
                                + " and 5.0 (R5) are taken too."));
    }

    private static Refused refused(IssueCode code, String diagnostics) {
        return new Refused(List.of(MappingIssue.error(code, "", diagnostics)));
    }

    private PayloadForm declared(byte[] body, boolean isXml, FhirVersion version) {
        var source = edition(version).read(body, isXml);
        return version == FhirVersion.R4 ? asR4(source, isXml) : converted(source, version);
    }

    private static PayloadForm asR4(Source source, boolean isXml) {
        if (source.json() == null) {
            return new Refused(source.checked().problems());
        }
        return isXml ? new Converted(source.json(), source.checked()) : new AsSent(source.checked());
    }

    private PayloadForm undeclared(byte[] body, boolean isXml) {
        var source = edition(FhirVersion.R4).read(body, isXml);
        return source.isAcceptable()
                ? asR4(source, isXml)
                : tree(source)
                        .map(tree -> byItsShape(body, isXml, source, tree))
                        .orElseGet(() -> asR4(source, isXml));
    }

    private PayloadForm byItsShape(byte[] body, boolean isXml, Source source, ObjectNode tree) {
        return switch (VersionSigns.of(tree)) {
            case NONE -> asR4(source, isXml);
            case DSTU2 ->
                refused(
                        IssueCode.FHIR_VERSION_NOT_SUPPORTED,
                        "This is a payload of FHIR DSTU2, which is not taken. Send it in R4; STU3 and R5 are taken too.");
            case STU3 -> converted(edition(FhirVersion.STU3).read(body, isXml), FhirVersion.STU3);
            case R5 -> newer(source, edition(FhirVersion.R5).read(body, isXml), tree);
        };
    }

    /** All of R5, or R4 with elements of R5 in it: whichever reading finds less that is wrong. */
    private PayloadForm newer(Source r4, Source r5, ObjectNode tree) {
        var mixed = mixed(r4, tree);
        if (mixed.isPresent()
                && (!r5.isAcceptable()
                        || mixed.get().checked().problems().size()
                                <= r5.checked().problems().size())) {
            return mixed.get();
        }
        return r5.isAcceptable() || errors(r5) < errors(r4)
                ? converted(r5, FhirVersion.R5)
                : new Refused(r4.checked().problems());
    }

    private static long errors(Source source) {
        return source.checked().problems().stream()
                .filter(MappingIssue::isError)
                .count();
    }

    /** R4 with elements of R5 in it, where that is all that is wrong with it. */
    private Optional<Converted> mixed(Source r4, ObjectNode tree) {
        var problems = r4.checked().problems();
        boolean nothingElse = problems.size() < limits.maxProblems()
                && problems.stream()
                        .filter(MappingIssue::isError)
                        .allMatch(problem -> problem.code() == IssueCode.UNKNOWN_ELEMENT
                                && problem.expression().matches(".*(ServiceRequest|resource)\\.(reason|code\\..+)"));
        if (!nothingElse) {
            return Optional.empty();
        }
        var lifted = MixedPayload.inR4(tree);
        var json = ExactJson.MAPPER.writeValueAsBytes(lifted);
        var checked = edition(FhirVersion.R4).check(json);
        if (!checked.isAcceptable()) {
            return Optional.empty();
        }
        var issues = new ArrayList<MappingIssue>();
        issues.add(MappingIssue.information(
                IssueCode.CONVERTED,
                checked.resourceType(),
                "This is a payload of FHIR R4 with elements of R5 in it. They were read as those of R4 that they became"
                        + " from."));
        issues.addAll(new Losses(edition(FhirVersion.R4).shapes(), text -> text).between(tree, lifted));
        return Optional.of(new Converted(json, Edition.with(issues, checked)));
    }

    private PayloadForm converted(Source source, FhirVersion version) {
        if (!source.isAcceptable() || !(ExactJson.MAPPER.readTree(source.json()) instanceof ObjectNode payload)) {
            return new Refused(source.checked().problems());
        }
        var conversion = conversion(version).convert(payload);
        if (!conversion.problems().isEmpty()) {
            return new Refused(conversion.problems());
        }
        var json = ExactJson.MAPPER.writeValueAsBytes(conversion.payload());
        var issues = new ArrayList<MappingIssue>();
        issues.add(MappingIssue.information(
                IssueCode.CONVERTED,
                source.checked().resourceType(),
                "This is a payload of FHIR " + version + ". It was converted to R4; what was sent is kept."));
        issues.addAll(source.checked().problems());
        issues.addAll(new Losses(edition(version).shapes(), conversion.renames()::renamed)
                .between(payload, conversion.payload()));
        return new Converted(json, Edition.with(issues, edition(FhirVersion.R4).check(json)));
    }

    private Conversion conversion(FhirVersion version) {
        var from = edition(version).fhir();
        var to = edition(FhirVersion.R4).fhir();
        return switch (version) {
            case STU3 -> new Conversion(from, to, Stu3Resources::toR4, STU3_TYPES);
            case R5 -> new Conversion(from, to, R5Resources::toR4, Map.of());
            case R4 -> throw new IllegalArgumentException("R4 needs no conversion.");
        };
    }

    /** The payload as a tree, for a look at its shape; nothing where it is no JSON object. */
    private static Optional<ObjectNode> tree(Source source) {
        try {
            return source.json() != null && ExactJson.MAPPER.readTree(source.json()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty(); // the check has said what is wrong
        }
    }
}
