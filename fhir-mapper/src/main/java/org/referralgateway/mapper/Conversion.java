package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes R4 of a payload of another version, resource by resource, so that one that cannot be converted takes no other with
 * it. What is around the resources of a Bundle is the same in all versions and stays as it is.
 */
final class Conversion {

    private static final JsonMapper JSON = ExactJson.MAPPER;

    /** What no referral can do without; anything else that cannot be converted is kept as a Basic resource. */
    private static final Set<String> REQUESTS = Set.of("ServiceRequest", "ReferralRequest", "ProcedureRequest");

    private final FhirContext from;
    private final FhirContext r4;
    private final Converter converter;
    private final Map<String, String> types;

    /** Converts one resource. It may throw anything; null stands for "R4 has nothing like it". */
    interface Converter {
        @Nullable
        Resource toR4(IBaseResource source);
    }

    /**
     * @param types that have another name in R4
     */
    Conversion(FhirContext from, FhirContext r4, Converter converter, Map<String, String> types) {
        this.from = from;
        this.r4 = r4;
        this.converter = converter;
        this.types = types;
    }

    /**
     * What came of it.
     *
     * @param payload in R4, as far as it could be converted
     * @param problems why it could not be; empty where all is well
     */
    record Converted(ObjectNode payload, Renames renames, List<MappingIssue> problems) {}

    /**
     * @param payload that {@link PayloadCheck} let through for its own version
     */
    Converted convert(ObjectNode payload) {
        var renames = new Renames(types);
        var problems = new ArrayList<MappingIssue>();
        if (!type(payload).equals("Bundle")) {
            var target = converted(payload);
            if (target == null) {
                problems.add(notConvertible(type(payload)));
            }
            return new Converted(target == null ? payload : renamed(target, renames), renames, problems);
        }
        var bundle = payload.deepCopy();
        for (int i = 0; i < bundle.path("entry").size(); i++) {
            if (bundle.path("entry").get(i) instanceof ObjectNode entry
                    && entry.get("resource") instanceof ObjectNode resource) {
                var target = converted(resource);
                if (target == null && REQUESTS.contains(type(resource))) {
                    problems.add(notConvertible("Bundle.entry[" + i + "].resource"));
                }
                replace(entry, resource, target == null ? basic(resource) : target, renames);
            }
        }
        return new Converted(renamed(bundle, renames), renames, problems);
    }

    private static String type(JsonNode resource) {
        return resource.path("resourceType").asString("");
    }

    private static MappingIssue notConvertible(String path) {
        return MappingIssue.error(
                IssueCode.NOT_CONVERTIBLE, path, "This resource cannot be converted to FHIR R4. Send it in R4.");
    }

    private static void replace(ObjectNode entry, ObjectNode source, ObjectNode target, Renames renames) {
        entry.set("resource", target);
        if (!type(target).equals(type(source))) {
            renames.add(entry, type(source), type(target));
        }
    }

    private static ObjectNode renamed(ObjectNode payload, Renames renames) {
        renames.apply(payload);
        return payload;
    }

    /** The resource in R4; where the converter fails, the resource without the one element that it fails on. */
    private @Nullable ObjectNode converted(ObjectNode source) {
        var whole = attempt(source);
        if (whole != null) {
            return whole;
        }
        for (var name : List.copyOf(source.propertyNames())) {
            if (!name.equals("resourceType") && !name.equals("id")) {
                var without = source.deepCopy();
                without.remove(name);
                var rest = attempt(without);
                if (rest != null) {
                    return rest;
                }
            }
        }
        return null;
    }

    private @Nullable ObjectNode attempt(ObjectNode source) {
        try {
            var target = converter.toR4(parser(from).parseResource(JSON.writeValueAsString(source)));
            return target == null ? null : (ObjectNode) JSON.readTree(parser(r4).encodeResourceToString(target));
        } catch (RuntimeException e) {
            return null; // HAPI's converters throw what they like, and quote what was sent
        } catch (NoClassDefFoundError e) {
            return null; // a converter that needs the model of a version that is left out, as that of StructureMap does
        } catch (Error e) {
            if (e.getClass() == Error.class) { // as HAPI's model throws about a choice of a type that R4 has not
                return null;
            }
            throw e;
        }
    }

    private static IParser parser(FhirContext fhir) {
        var parser = fhir.newJsonParser();
        // Strictness is PayloadCheck's, which has said everything already.
        parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        parser.setStripVersionsFromReferences(false);
        return parser;
    }

    /** Says what it was, so that it can be seen among the resources; its content is in the payload as sent. */
    private static ObjectNode basic(ObjectNode source) {
        var basic = JSON.createObjectNode();
        basic.put("resourceType", "Basic");
        if (source.get("id") instanceof JsonNode id) {
            basic.set("id", id);
        }
        basic.putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", "http://hl7.org/fhir/resource-types")
                .put("code", type(source));
        return basic;
    }
}
