package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payloads changed at random, the same way for the same seed: values swapped with those of others, left out, moved, bent, of
 * another shape, and the faults of {@code mutations.txt}.
 */
final class Mutations {

    /**
     * @param kinds of the changes, in the order in which they were made
     */
    record Mutation(List<String> kinds, byte[] json) {}

    private static final String[] ODD_TEXTS = {
        "",
        " ",
        "x",
        "active",
        "2026-02-30",
        "2026-13-01",
        "2026",
        "2026-05-05T10:00:00",
        "2026-05-05T10:00:00Z",
        "2026-05-05T10:00:00.123+14:30",
        "10:00",
        "10:00:00",
        "10:00:00.5",
        "http://example.org/x",
        "urn:uuid:x",
        "urn:uuid:0a3c4d5e-1111-4222-8333-abcdefabcdef",
        "urn:uuid:0A3C4D5E-1111-4222-8333-ABCDEFABCDEF",
        "urn:oid:1.2.3",
        "urn:oid:2.16.840.1.113883.6.1",
        "oid:1.2",
        "Patient/1",
        "Patient/none",
        "#none",
        "#",
        "Group/1",
        "http://snomed.info/sct",
        "http://loinc.org",
        "http://unitsofmeasure.org",
        "mg",
        "mg/dL",
        "{score}",
        "notaunit",
        "http://terminology.hl7.org/CodeSystem/v2-0203",
        "http://hl7.org/fhir/administrative-gender",
        "female",
        "de-DE",
        "application/pdf",
        "text",
        "http://hl7.org/fhir/ValueSet/administrative-gender",
        "relative/system",
        " x",
        "x ",
        "a  b",
        "<b>x</b>",
        "\u202Ex",
        "AAAA",
        "AAA",
        "entered-in-error",
        "order",
        "unknown",
        "urn:ietf:rfc:3986"
    };

    private static final String[] PROPERTIES = {
        "{\"extension\":[{\"url\":\"http://example.org/own\",\"valueString\":\"x\"}]}",
        "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"unknown\"}]}",
        "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueString\":\"unknown\"}]}",
        "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/patient-birthPlace\",\"valueAddress\":{\"city\":\"x\"}}]}",
        "{\"extension\":[{\"url\":\"own\",\"valueString\":\"x\"}]}",
        "{\"extension\":[{\"url\":\"http://example.org/own\"}]}",
        "{\"extension\":[{\"url\":\"http://example.org/own\",\"valueString\":\"x\",\"extension\":[{\"url\":\"a\",\"valueCode\":\"b\"}]}]}",
        "{\"id\":\"twice\"}",
        "{\"id\":\"a b\"}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>x</p></div>\"}}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"> </div>\"}}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div><p>x</p></div>\"}}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><table><tr><td>x</td></tr></table><ul><li>y</li></ul></div>\"}}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p onclick=\\\"x()\\\">x</p></div>\"}}",
        "{\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><script>x</script></div>\"}}",
        "{\"language\":\"de\"}",
        "{\"language\":\"not a language\"}",
        "{\"meta\":{\"profile\":[\"http://example.org/profile\"],\"security\":[{\"system\":\"http://x.org\",\"code\":\"a\"},{\"system\":\"http://x.org\",\"code\":\"a\"}]}}",
        "{\"meta\":{\"tag\":[{\"code\":\"a\"},{\"code\":\"a\"}],\"versionId\":\"1\",\"lastUpdated\":\"2026-01-01T00:00:00Z\"}}",
        "{\"period\":{\"start\":\"2026-05-01\",\"end\":\"2026-04-01\"}}",
        "{\"period\":{\"start\":\"2026-05\",\"end\":\"2026-04-01\"}}",
        "{\"occurrencePeriod\":{\"start\":\"2026-05-01T10:00:00Z\",\"end\":\"2026-05-01T09:00:00-05:00\"}}",
        "{\"quantityQuantity\":{\"value\":1,\"code\":\"mg\"}}",
        "{\"quantityQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"mgx\"}}",
        "{\"orderDetail\":[{\"text\":\"x\"}]}",
        "{\"contact\":[{\"gender\":\"male\"}]}",
        "{\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"orphan\"}]}",
        "{\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"pp\"}]}]}",
        "{\"note\":[{\"text\":\"x\",\"time\":\"2026-01-01\"}]}",
        "{\"valueQuantity\":{\"value\":1.50,\"unit\":\"mg\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg\"}}",
        "{\"valueRange\":{\"low\":{\"value\":5},\"high\":{\"value\":2}}}",
        "{\"dataAbsentReason\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/data-absent-reason\",\"code\":\"unknown\"}]}}",
        "{\"telecom\":[{\"value\":\"555\"}]}",
        "{\"photo\":[{\"data\":\"AAAA\"}]}",
        "{\"photo\":[{\"contentType\":\"image/png\",\"data\":\"AAAA\",\"size\":7}]}",
        "{\"communication\":[{\"language\":{\"coding\":[{\"system\":\"urn:ietf:bcp:47\",\"code\":\"zz-zz\"}]}}]}",
        "{\"maritalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus\",\"code\":\"Q\"}]}}",
        "{\"maritalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus\",\"code\":\"M\",\"display\":\"nonsense\"}]}}",
        "{\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-category\",\"code\":\"nope\"}]}]}",
        "{\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"12\"}]}",
        "{\"subject\":{\"type\":\"Device\",\"reference\":\"Patient/1\"}}",
        "{\"subject\":{\"display\":\"x\"}}",
        "{\"performer\":[{\"reference\":\"#none\"}]}",
        "{\"fullUrl\":\"Patient/1\"}",
        "{\"fullUrl\":\"http://example.org/fhir/Patient/other\"}"
    };

    private static final JsonMapper JSON = new JsonMapper();

    private final List<ObjectNode> bases = new ArrayList<>();
    private final List<ObjectNode> bundles = new ArrayList<>();
    private final Map<String, List<JsonNode>> pool = new HashMap<>();
    private final List<String> keys;
    private final WrittenFaults faults = new WrittenFaults();

    Mutations(List<byte[]> payloads) {
        for (var payload : payloads) {
            if (JSON.readTree(payload) instanceof ObjectNode object) {
                bases.add(object);
                if (object.path("resourceType").asString("").equals("Bundle")) {
                    bundles.add(object);
                }
                collect(object);
            }
        }
        keys = pool.keySet().stream().sorted().toList();
    }

    private void collect(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                pool.computeIfAbsent(member.getKey(), key -> new ArrayList<>()).add(member.getValue());
                collect(member.getValue());
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::collect);
        }
    }

    Mutation get(long seed) {
        var random = new Random(seed * 7919 + 17);
        var copy = base(random).deepCopy();
        int changes = random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(2);
        var kinds = new ArrayList<String>();
        for (int i = 0; i < changes; i++) {
            kinds.add(random.nextInt(5) < 3 ? faults.put(copy, random) : change(copy, random));
        }
        return new Mutation(kinds, JSON.writeValueAsBytes(copy));
    }

    /** One in five is a Bundle: there are fewer of them, they take longer, and more can go wrong with them. */
    private ObjectNode base(Random random) {
        var from = !bundles.isEmpty() && random.nextInt(5) == 0 ? bundles : bases;
        return from.get(random.nextInt(from.size()));
    }

    private String change(ObjectNode whole, Random random) {
        var objects = new ArrayList<ObjectNode>();
        objects(whole, objects);
        var object = objects.get(random.nextInt(objects.size()));
        var names = object.propertyNames().stream().sorted().toList();
        var name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
        return switch (random.nextInt(12)) {
            case 0, 1 -> {
                object.remove(name);
                yield "left out";
            }
            case 2, 3 -> {
                if (pool.containsKey(name)) {
                    object.set(name, one(pool.getOrDefault(name, List.of()), random));
                }
                yield "of another";
            }
            case 4 -> {
                odd(object, name, random);
                yield "odd value";
            }
            case 5 -> {
                borrow(object, random);
                yield "borrowed";
            }
            case 6 -> {
                array(object, name, random);
                yield "array";
            }
            case 7 -> {
                JSON.readTree(PROPERTIES[random.nextInt(PROPERTIES.length)])
                        .properties()
                        .forEach(member -> object.set(member.getKey(), member.getValue()));
                yield "odd property";
            }
            case 8, 9 -> {
                shape(object, name, random);
                yield "shape";
            }
            case 10 -> {
                unknown(object, name, random);
                yield "unknown";
            }
            default -> {
                crossOver(object, objects, name, random);
                yield "moved";
            }
        };
    }

    /** The same value in another shape, or none: what a careless program writes. */
    private static void shape(ObjectNode object, String name, Random random) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return;
        }
        var make = JsonNodeFactory.instance;
        switch (random.nextInt(8)) {
            case 0 -> object.set(name, make.arrayNode().add(value.deepCopy()));
            case 1 -> object.set(name, value instanceof ArrayNode array && !array.isEmpty() ? array.get(0) : value);
            case 2 -> object.set(name, value.isString() ? make.numberNode(7) : make.stringNode("x"));
            case 3 -> object.set(name, make.nullNode());
            case 4 -> object.set(name, value.isArray() ? make.arrayNode() : make.objectNode());
            case 5 -> object.put(name, true);
            case 6 ->
                object.set(name, value.isArray() ? value.deepCopy().asArray().addNull() : make.stringNode(""));
            default -> object.set(name, make.objectNode().set("value", value.deepCopy()));
        }
    }

    /** A name that FHIR does not have here: invented, misspelt, or with an underscore. */
    private static void unknown(ObjectNode object, String name, Random random) {
        var value = object.path(name);
        switch (random.nextInt(4)) {
            case 0 -> object.put("invented", "x");
            case 1 -> {
                if (!name.isEmpty()) {
                    object.remove(name);
                    object.set(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), value);
                }
            }
            case 2 -> {
                object.remove(name);
                object.set(name + "s", value);
            }
            default ->
                object.set("_" + name, JsonNodeFactory.instance.objectNode().put("id", "beside"));
        }
    }

    private static JsonNode one(List<JsonNode> from, Random random) {
        return from.get(random.nextInt(from.size())).deepCopy();
    }

    private static void odd(ObjectNode object, String name, Random random) {
        var value = object.path(name);
        if (value.isString()) {
            object.put(name, ODD_TEXTS[random.nextInt(ODD_TEXTS.length)]);
        } else if (value.isNumber()) {
            object.set(
                    name,
                    JSON.readTree(
                            new String[] {"0", "-1", "1.50", "1e3", "2147483648", "0.000001"}[random.nextInt(6)]));
        } else if (value.isBoolean()) {
            object.put(name, !value.booleanValue());
        } else if (value instanceof ArrayNode array
                && !array.isEmpty()
                && array.get(0).isString()) {
            array.set(0, JsonNodeFactory.instance.stringNode(ODD_TEXTS[random.nextInt(ODD_TEXTS.length)]));
        }
    }

    /** A property that some other payload has somewhere, often one that this object may not have. */
    private void borrow(ObjectNode object, Random random) {
        var key = keys.get(random.nextInt(keys.size()));
        object.set(key, one(pool.getOrDefault(key, List.of()), random));
    }

    private static void array(ObjectNode object, String name, Random random) {
        var value = object.path(name);
        if (value instanceof ArrayNode array && !array.isEmpty()) {
            if (random.nextBoolean()) {
                array.add(array.get(random.nextInt(array.size())).deepCopy());
            } else {
                array.remove(random.nextInt(array.size()));
            }
        }
    }

    /** A property of another object of the same payload. */
    private static void crossOver(ObjectNode object, List<ObjectNode> objects, String name, Random random) {
        var other = objects.get(random.nextInt(objects.size()));
        if (other.has(name)) {
            object.set(name, other.get(name).deepCopy());
        } else if (object.has(name)) {
            other.set(name, object.get(name).deepCopy());
        }
    }

    private static void objects(JsonNode node, List<ObjectNode> into) {
        if (node instanceof ObjectNode object) {
            into.add(object);
            object.forEach(child -> objects(child, into));
        } else if (node instanceof ArrayNode array) {
            array.forEach(child -> objects(child, into));
        }
    }
}
