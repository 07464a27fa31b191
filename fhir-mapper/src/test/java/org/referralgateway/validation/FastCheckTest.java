package org.referralgateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the fast check, beside what the reference validator says of the same payload. */
class FastCheckTest {

    private static final String REQUEST =
            "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/1\"}%s}";
    private static final String PATIENT = "{\"resourceType\":\"Patient\"%s}";

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("prr-1", REQUEST, ",\"orderDetail\":[{\"text\":\"x\"}]"),
                Arguments.of("qty-3", REQUEST, ",\"quantityQuantity\":{\"value\":1,\"code\":\"mg\"}"),
                Arguments.of(
                        "per-1", REQUEST, ",\"occurrencePeriod\":{\"start\":\"2026-05-02\",\"end\":\"2026-05-01\"}"),
                Arguments.of("ext-1", REQUEST, ",\"extension\":[{\"url\":\"http://example.org/x\"}]"),
                Arguments.of(
                        "dom-2",
                        REQUEST,
                        ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"q\"}],\"link\":[{\"other\":{\"reference\":\"#\"},\"type\":\"refer\"}]}]"),
                Arguments.of("dom-3", REQUEST, ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]"),
                Arguments.of("ref-1", REQUEST, ",\"requester\":{\"reference\":\"#nobody\"}"),
                Arguments.of(
                        "reference-type",
                        REQUEST,
                        ",\"contained\":[{\"resourceType\":\"Location\",\"id\":\"l\"}],\"requester\":{\"reference\":\"#l\"}"),
                Arguments.of(
                        "code",
                        REQUEST,
                        ",\"code\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"nope\"}]}"),
                Arguments.of(
                        "code",
                        REQUEST,
                        ",\"quantityQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"nope\"}"),
                Arguments.of(
                        "txt-2",
                        REQUEST,
                        ",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"> </div>\"}"),
                Arguments.of("sqty-1", REQUEST, ",\"quantityRange\":{\"low\":{\"value\":1,\"comparator\":\"<\"}}"),
                Arguments.of("ele-1", REQUEST, ",\"_authoredOn\":{\"id\":\"a\"}"),
                Arguments.of(
                        "id",
                        REQUEST,
                        ",\"note\":[{\"id\":\"a\",\"text\":\"x\"},{\"text\":\"y\",\"_text\":{\"id\":\"a\"}}]"),
                Arguments.of(
                        "code",
                        REQUEST,
                        ",\"supportingInfo\":[{\"type\":\"http://hl7.org/fhir/StructureDefinition/Observation\",\"display\":\"x\"}]"),
                Arguments.of(
                        "code", PATIENT, ",\"maritalStatus\":{\"coding\":[{\"system\":\"https://www.usps.com/\"}]}"),
                Arguments.of("pat-1", PATIENT, ",\"contact\":[{\"gender\":\"male\"}]"),
                Arguments.of("cpt-2", PATIENT, ",\"telecom\":[{\"value\":\"555\"}]"),
                Arguments.of("att-1", PATIENT, ",\"photo\":[{\"data\":\"AAAA\"}]"),
                Arguments.of("identifier-system", PATIENT, ",\"identifier\":[{\"system\":\"ours\",\"value\":\"1\"}]"),
                Arguments.of(
                        "code",
                        PATIENT,
                        ",\"communication\":[{\"language\":{\"coding\":[{\"system\":\"http://example.org/languages\",\"code\":\"de\"}]}}]"),
                Arguments.of(
                        "extension-type",
                        PATIENT,
                        ",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName\",\"valueCode\":\"x\"}]"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("broken")
    void findsWhatTheReferenceFinds(String rule, String resource, String members) {
        var json = resource.formatted(members);

        assertThat(Checks.faults(json)).extracting(Fault::rule).contains(rule);
        assertThat(Checks.errors(json)).isNotEmpty();
    }

    @Test
    void findsNothingInAReferralThatIsFine() {
        assertThat(Checks.faults(REQUEST.formatted(""))).isEmpty();
        assertThat(Checks.errors(REQUEST.formatted(""))).isEmpty();
    }

    @Test
    void namesTheElementAndNotItsValue() {
        var fault = Checks.faults(PATIENT.formatted(",\"contact\":[{\"gender\":\"male\",\"address\":{\"city\":\"\"}},"
                        + "{\"name\":{\"text\":\"Hazel\"},\"telecom\":[{\"value\":\"555-0101\"}]}]"))
                .getLast();

        assertThat(fault.expression()).startsWith("Patient.contact[");
        assertThat(fault.what()).doesNotContain("555", "Hazel");
    }

    @Test
    void findsNoEntryOfTheRightNameAtAnotherServer() {
        var message = """
                {"resourceType":"Bundle","type":"message","timestamp":"2026-01-01T00:00:00Z","entry":[
                 {"fullUrl":"http://a.example/MessageHeader/m","resource":{"resourceType":"MessageHeader","id":"m",
                  "eventUri":"http://a.example/event","source":{"endpoint":"http://a.example"},
                  "responsible":{"reference":"Organization/o"}}},
                 {"fullUrl":"http://%s.example/Organization/o","resource":{"resourceType":"Organization","id":"o","name":"x"}}]}
                """;

        assertThat(Checks.faults(message.formatted("b")))
                .extracting(Fault::rule)
                .contains("bundle-reference");
        assertThat(Checks.errors(message.formatted("b"))).isNotEmpty();
        assertThat(Checks.faults(message.formatted("a"))).isEmpty();
    }

    /** It is what it says beyond its type that makes a resource exist, to the reference at least. */
    @Test
    void seesNoResourceInOneThatSaysNoMoreThanItsType() {
        var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":"
                + "\"urn:uuid:0a3c4d5e-1111-4222-8333-abcdefabcdef\",\"resource\":{\"resourceType\":\"Patient\"%s}}]}";

        assertThat(Checks.faults(bundle.formatted(""))).extracting(Fault::rule).contains("bdl-5");
        assertThat(Checks.errors(bundle.formatted(""))).isNotEmpty();
        assertThat(Checks.faults(bundle.formatted(",\"active\":true"))).isEmpty();
    }

    @Test
    void saysWhereItCannotTell() {
        var json = PATIENT.formatted(",\"photo\":[{\"contentType\":\"image/png\",\"data\":\"AAAA\",\"size\":3}]");

        assertThat(Checks.FAST
                        .check(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .isUndecided())
                .isTrue();
    }
}
