package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.referralgateway.mapper.IssueCode.CHOICE_REPEATED;
import static org.referralgateway.mapper.IssueCode.DUPLICATE_KEY;
import static org.referralgateway.mapper.IssueCode.EMPTY_ELEMENT;
import static org.referralgateway.mapper.IssueCode.FAULT_IN_SUPPORTING_RESOURCE;
import static org.referralgateway.mapper.IssueCode.FORBIDDEN_CHARACTER;
import static org.referralgateway.mapper.IssueCode.INVALID_CODE;
import static org.referralgateway.mapper.IssueCode.INVALID_VALUE;
import static org.referralgateway.mapper.IssueCode.JSON_SYNTAX;
import static org.referralgateway.mapper.IssueCode.NARRATIVE_UNREADABLE;
import static org.referralgateway.mapper.IssueCode.NOT_A_RESOURCE;
import static org.referralgateway.mapper.IssueCode.NOT_UTF8;
import static org.referralgateway.mapper.IssueCode.NUMBER_TOO_LARGE;
import static org.referralgateway.mapper.IssueCode.REQUIRED_MISSING;
import static org.referralgateway.mapper.IssueCode.STRING_TOO_LONG;
import static org.referralgateway.mapper.IssueCode.TOO_DEEP;
import static org.referralgateway.mapper.IssueCode.TOO_MANY_ENTRIES;
import static org.referralgateway.mapper.IssueCode.UNKNOWN_ELEMENT;
import static org.referralgateway.mapper.IssueCode.UNKNOWN_MODIFIER;
import static org.referralgateway.mapper.IssueCode.UNSAFE_REFERENCE;
import static org.referralgateway.mapper.IssueCode.WRONG_SHAPE;
import static org.referralgateway.mapper.Payloads.aBundle;
import static org.referralgateway.mapper.Payloads.aPatientWith;
import static org.referralgateway.mapper.Payloads.aReferral;
import static org.referralgateway.mapper.Payloads.aReferralEntry;
import static org.referralgateway.mapper.Payloads.aReferralWith;
import static org.referralgateway.mapper.Payloads.aTransactionWith;
import static org.referralgateway.mapper.Payloads.anEntry;
import static org.referralgateway.mapper.Payloads.check;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCheckTest {

    /** What no quoting of the payload may let out. */
    private static final String CANARY = "Quokkaberry";

    @Test
    void theLeastServiceRequestHasNoProblem() {
        assertThat(check(aReferral()).problems()).isEmpty();
        assertThat(check(aReferral()).resourceType()).isEqualTo("ServiceRequest");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // Numbers
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":1e1000000000}"),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.quantity.value"),
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":1E-999999999}"),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.quantity.value"),
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":1e99999999999999999999}"),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.quantity.value"),
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":%s}".formatted("9".repeat(1000))),
                        NUMBER_TOO_LARGE,
                        ""),
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":0.%s}".formatted("3".repeat(1000))),
                        NUMBER_TOO_LARGE,
                        ""),
                arguments(
                        aReferralWith(
                                "\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
                                        + "\"code\":{\"text\":\"x\"},\"valueQuantity\":{\"value\":1e1000000000}}]"),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.contained[0].value.value"),
                arguments(
                        aReferralWith("\"contained\":[%s]"
                                .formatted(aPatientWith("\"unheardOf\":[{\"deep\":1e1000000000}]"))),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.contained[0].unheardOf"),
                arguments(
                        aReferralWith("\"contained\":[%s]".formatted(aPatientWith("\"birthDate\":1e1000000000"))),
                        NUMBER_TOO_LARGE,
                        "ServiceRequest.contained[0].birthDate"),
                // Keys
                arguments(aReferralWith("\"status\":\"draft\""), DUPLICATE_KEY, "ServiceRequest.status"),
                arguments(
                        aReferralWith("\"subject\":{\"reference\":\"Patient/2\"}"),
                        DUPLICATE_KEY,
                        "ServiceRequest.subject"),
                arguments(
                        aReferralWith("\"code\":{\"text\":\"a\",\"text\":\"b\"}"),
                        DUPLICATE_KEY,
                        "ServiceRequest.code.text"),
                arguments(
                        aReferralWith("\"code\":{\"text\":\"a\",\"te\\u0078t\":\"b\"}"),
                        DUPLICATE_KEY,
                        "ServiceRequest.code.text"),
                arguments(
                        aReferralWith("\"contained\":[%s]"
                                .formatted(aPatientWith("\"gender\":\"male\",\"gender\":\"female\""))),
                        DUPLICATE_KEY,
                        "ServiceRequest.contained[0].gender"),
                arguments(
                        aReferralWith("\"contained\":[%s]".formatted(aPatientWith("\"unheardOf\":{\"a\":1,\"a\":2}"))),
                        DUPLICATE_KEY,
                        "ServiceRequest.contained[0].unheardOf"),
                arguments(aReferralWith("\"resourceType\":\"Patient\""), DUPLICATE_KEY, "ServiceRequest.resourceType"),
                // Characters
                arguments(
                        aReferralWith("\"patientInstruction\":\"a\\u0000b\""),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.patientInstruction"),
                arguments(
                        aReferralWith("\"patientInstruction\":\"a\\ud800b\""),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.patientInstruction"),
                arguments(
                        aReferralWith("\"patientInstruction\":\"\\udc00\\ud800\""),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.patientInstruction"),
                arguments(
                        aReferralWith(
                                "\"contained\":[%s]".formatted(aPatientWith("\"name\":[{\"family\":\"\\u0000\"}]"))),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.contained[0].name[0].family"),
                arguments(
                        aReferralWith("\"contained\":[%s]".formatted(aPatientWith("\"unheardOf\":\"\\u0000\""))),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.contained[0].unheardOf"),
                arguments(
                        aReferralWith("\"contained\":[%s]".formatted(aPatientWith("\"un\\u0000heardOf\":1"))),
                        FORBIDDEN_CHARACTER,
                        "ServiceRequest.contained[0].(unprintable name)"),
                arguments(
                        aReferralWith("\"contained\":[%s]".formatted(aPatientWith("\"x\":{\"\\ud800\":1}"))),
                        JSON_SYNTAX,
                        ""),
                // Emptiness
                arguments(aReferralWith("\"note\":[]"), EMPTY_ELEMENT, "ServiceRequest.note"),
                arguments(aReferralWith("\"code\":{}"), EMPTY_ELEMENT, "ServiceRequest.code"),
                arguments(
                        aReferralWith("\"patientInstruction\":\"\""),
                        INVALID_VALUE,
                        "ServiceRequest.patientInstruction"),
                arguments(aReferralWith("\"note\":[null]"), WRONG_SHAPE, "ServiceRequest.note[0]"),
                arguments(aReferralWith("\"code\":null"), WRONG_SHAPE, "ServiceRequest.code"),
                arguments(aReferralWith("\"priority\":null"), WRONG_SHAPE, "ServiceRequest.priority"),
                arguments(
                        aReferralWith("\"instantiatesUri\":[\"urn:a\",null]"),
                        EMPTY_ELEMENT,
                        "ServiceRequest.instantiatesUri[1]"),
                arguments(
                        aReferralWith("\"instantiatesUri\":[null],\"_instantiatesUri\":[null]"),
                        EMPTY_ELEMENT,
                        "ServiceRequest.instantiatesUri[0]"),
                // Shape
                arguments(
                        "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\","
                                + "\"subject\":[{\"reference\":\"Patient/1\"}]}",
                        WRONG_SHAPE,
                        "ServiceRequest.subject"),
                arguments(
                        aReferralWith("\"performer\":{\"reference\":\"Organization/1\"}"),
                        WRONG_SHAPE,
                        "ServiceRequest.performer"),
                arguments(aReferralWith("\"code\":\"pain\""), WRONG_SHAPE, "ServiceRequest.code"),
                arguments(aReferralWith("\"authoredOn\":{\"a\":1}"), WRONG_SHAPE, "ServiceRequest.authoredOn"),
                arguments(aReferralWith("\"authoredOn\":[\"2026\"]"), WRONG_SHAPE, "ServiceRequest.authoredOn"),
                arguments(aReferralWith("\"doNotPerform\":\"true\""), WRONG_SHAPE, "ServiceRequest.doNotPerform"),
                arguments(aReferralWith("\"id\":7"), WRONG_SHAPE, "ServiceRequest.id"),
                arguments(aReferralWith("\"contained\":[\"Patient\"]"), WRONG_SHAPE, "ServiceRequest.contained[0]"),
                arguments(
                        aReferralWith("\"quantityQuantity\":{\"value\":\"1\"}"),
                        WRONG_SHAPE,
                        "ServiceRequest.quantity.value"),
                // Values
                arguments(aReferralWith("\"authoredOn\":\"#NOW\""), INVALID_VALUE, "ServiceRequest.authoredOn"),
                arguments(aReferralWith("\"authoredOn\":\"2026-02-30\""), INVALID_VALUE, "ServiceRequest.authoredOn"),
                arguments(
                        aReferralWith("\"authoredOn\":\"2026-02-03T10:00\""),
                        INVALID_VALUE,
                        "ServiceRequest.authoredOn"),
                arguments(aReferralWith("\"id\":\"a b\""), INVALID_VALUE, "ServiceRequest.id"),
                arguments(aReferralWith("\"id\":\"" + "a".repeat(65) + "\""), INVALID_VALUE, "ServiceRequest.id"),
                arguments(aReferral().replace("\"active\"", "\"inactive\""), INVALID_CODE, "ServiceRequest.status"),
                arguments(aReferral().replace("\"order\"", "\"referral\""), INVALID_CODE, "ServiceRequest.intent"),
                arguments(aReferralWith("\"priority\":\"STAT\""), INVALID_CODE, "ServiceRequest.priority"),
                // Elements
                arguments(
                        aReferralWith("\"reason\":[{\"concept\":{\"text\":\"pain\"}}]"),
                        UNKNOWN_ELEMENT,
                        "ServiceRequest.reason"),
                arguments(aReferralWith("\"_subject\":{\"id\":\"a\"}"), UNKNOWN_ELEMENT, "ServiceRequest._subject"),
                arguments(
                        aReferralWith("\"code\":{\"resourceType\":\"X\"}"),
                        UNKNOWN_ELEMENT,
                        "ServiceRequest.code.resourceType"),
                arguments(
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"extension\":[{\"url\":\"http://x.example\",\"valueCode\":\"a\"}]}",
                        UNKNOWN_ELEMENT,
                        "Bundle.extension"),
                arguments(aReferralWith("\"\":1"), UNKNOWN_ELEMENT, "ServiceRequest.(unprintable name)"),
                arguments(aReferralWith("\"%s\":1".formatted("x".repeat(300))), UNKNOWN_ELEMENT, ""),
                arguments(
                        "{\"resourceType\":\"ServiceRequest\",\"intent\":\"order\",\"subject\":{\"display\":\"x\"}}",
                        REQUIRED_MISSING,
                        "ServiceRequest.status"),
                arguments(
                        "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"subject\":{\"display\":\"x\"}}",
                        REQUIRED_MISSING,
                        "ServiceRequest.intent"),
                arguments(
                        "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\"}",
                        REQUIRED_MISSING,
                        "ServiceRequest.subject"),
                arguments(
                        aReferralWith("\"note\":[{\"time\":\"2026\"}]"),
                        REQUIRED_MISSING,
                        "ServiceRequest.note[0].text"),
                arguments(
                        aReferralWith("\"occurrenceDateTime\":\"2026\",\"occurrencePeriod\":{\"start\":\"2026\"}"),
                        CHOICE_REPEATED,
                        "ServiceRequest.occurrence"),
                arguments(
                        aReferralWith(
                                "\"_occurrenceDateTime\":{\"id\":\"a\"},\"occurrencePeriod\":{\"start\":\"2026\"}"),
                        CHOICE_REPEATED,
                        "ServiceRequest.occurrence"),
                arguments(
                        aReferralWith(
                                "\"modifierExtension\":[{\"url\":\"http://x.example/not\",\"valueBoolean\":true}]"),
                        UNKNOWN_MODIFIER,
                        "ServiceRequest.modifierExtension"),
                arguments(
                        aReferralWith("\"contained\":[%s]"
                                .formatted(aPatientWith("\"modifierExtension\":[{\"url\":\"http://x.example/not\"}]"))),
                        UNKNOWN_MODIFIER,
                        "ServiceRequest.contained[0].modifierExtension"),
                arguments(
                        aReferralWith("\"implicitRules\":\"http://x.example/rules\""),
                        UNKNOWN_MODIFIER,
                        "ServiceRequest.implicitRules"),
                // The whole
                arguments("", NOT_A_RESOURCE, ""),
                arguments("   \n", NOT_A_RESOURCE, ""),
                arguments("null", NOT_A_RESOURCE, ""),
                arguments("[" + aReferral() + "]", NOT_A_RESOURCE, ""),
                arguments("\"ServiceRequest\"", NOT_A_RESOURCE, ""),
                arguments("{}", NOT_A_RESOURCE, ""),
                arguments("{\"status\":\"active\"}", NOT_A_RESOURCE, ""),
                arguments("{\"resourceType\":\"Referral\"}", NOT_A_RESOURCE, ""),
                arguments("{\"resourceType\":7}", NOT_A_RESOURCE, ""),
                arguments(
                        aReferralWith("\"contained\":[{\"id\":\"p\"}]"), NOT_A_RESOURCE, "ServiceRequest.contained[0]"),
                arguments(aReferral().replace('"', '\''), JSON_SYNTAX, ""),
                arguments(aReferral() + "x", JSON_SYNTAX, ""),
                arguments(aReferral() + aReferral(), JSON_SYNTAX, "ServiceRequest"),
                arguments(aReferral().substring(0, 50), JSON_SYNTAX, ""),
                arguments("{\"resourceType\":\"ServiceRequest\",}", JSON_SYNTAX, ""),
                arguments("// comment\n" + aReferral(), JSON_SYNTAX, ""),
                arguments(aReferralWith("\"quantityQuantity\":{\"value\":NaN}"), JSON_SYNTAX, ""),
                arguments(aReferralWith("\"quantityQuantity\":{\"value\":01}"), JSON_SYNTAX, ""),
                arguments(aReferralWith("\"patientInstruction\":\"a\nb\""), JSON_SYNTAX, ""));
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @MethodSource("refused")
    void saysWhatIsWrongAndWhere(String body, IssueCode code, String expression) {
        var checked = check(body);

        assertThat(checked.isAcceptable()).isFalse();
        assertThat(checked.problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(code, expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "../Patient/1",
                "Patient/../../etc",
                "Patient/..",
                "https://ehr.example/fhir/../admin",
                "Patient/1\\r\\nX-Evil: 1",
                "Patient/1 2",
                "file:///etc/passwd",
                "//ehr.example/Patient/1",
                "patient",
            })
    void refusesAReferenceThatIsNoneOrUnsafe(String reference) {
        var body = aReferral().replace("Patient/1", reference);

        assertThat(check(body).problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(UNSAFE_REFERENCE, "ServiceRequest.subject.reference"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/1",
                "Patient/a-b.c/_history/2",
                "Patient/maple_health-73632721",
                "#p",
                "urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210",
                "urn:oid:1.2.3",
                "https://ehr.example/fhir/Patient/1",
                "Patient?identifier=https://ehr.example/mrn|1",
            })
    void acceptsEveryFormOfReferenceThatRealPayloadsUse(String reference) {
        assertThat(check(aReferral().replace("Patient/1", reference)).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 100_000})
    void refusesWhatIsNestedTooDeep(int depth) {
        var unknown = aReferralWith("\"x\":" + "[".repeat(depth) + "]".repeat(depth));
        var extensions =
                aReferralWith("\"extension\":[{\"url\":\"urn:x\",".repeat(depth) + "\"id\":\"e\"" + "}]".repeat(depth));

        for (var body : new String[] {unknown, extensions, "[".repeat(depth), "{\"a\":".repeat(depth)}) {
            assertThat(check(body).isAcceptable()).isFalse();
        }
        assertThat(check(unknown).problems()).extracting(MappingIssue::code).contains(TOO_DEEP);
        assertThat(check(extensions).problems()).extracting(MappingIssue::code).contains(TOO_DEEP);
    }

    @Test
    void refusesMoreEntriesThanTheLimit() {
        var limits = new PayloadLimits(64, 3, 1_000, 40, 100, 1_000);
        var check = new PayloadCheck(Payloads.FHIR, limits);
        var three = aBundle("transaction", String.join(",", Collections.nCopies(3, aReferralEntry())));
        var four = aBundle("transaction", String.join(",", Collections.nCopies(4, aReferralEntry())));

        assertThat(check.check(three.getBytes(UTF_8)).problems()).isEmpty();
        assertThat(check.check(four.getBytes(UTF_8)).problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(TOO_MANY_ENTRIES, "Bundle.entry"));
    }

    @Test
    void refusesAStringLongerThanTheLimit() {
        var check = new PayloadCheck(Payloads.FHIR, new PayloadLimits(64, 3, 100_000, 40, 100, 1_000));
        var long1 = aReferralWith("\"patientInstruction\":\"%s\"".formatted("a".repeat(100_000)));
        var long2 = aReferralWith("\"patientInstruction\":\"%s\"".formatted("a".repeat(200_000)));

        assertThat(check.check(long1.getBytes(UTF_8)).problems()).isEmpty();
        assertThat(check.check(long2.getBytes(UTF_8)).problems())
                .extracting(MappingIssue::code)
                .containsExactly(STRING_TOO_LONG);
    }

    static Stream<Arguments> notUtf8() {
        var text = aReferralWith("\"patientInstruction\":\"Käse\"");
        return Stream.of(
                arguments("Latin-1", text.getBytes(ISO_8859_1)),
                arguments("UTF-16 with a mark", text.getBytes(java.nio.charset.StandardCharsets.UTF_16)),
                arguments("UTF-16BE", text.getBytes(UTF_16BE)),
                arguments("UTF-16LE", text.getBytes(UTF_16LE)),
                arguments("UTF-32", text.getBytes(Charset.forName("UTF-32LE"))),
                arguments("overlong slash", inserted(0xC0, 0xAF)),
                arguments("overlong NUL", inserted(0xC0, 0x80)),
                arguments("encoded surrogate", inserted(0xED, 0xA0, 0x80)),
                arguments("beyond Unicode", inserted(0xF4, 0x90, 0x80, 0x80)),
                arguments("cut off", inserted(0xE2, 0x82)),
                arguments("stray continuation", inserted(0x80)),
                arguments("raw NUL", inserted(0)));
    }

    private static byte[] inserted(int... bytes) {
        var text = aReferralWith("\"patientInstruction\":\"@\"").getBytes(UTF_8);
        var out = new java.io.ByteArrayOutputStream();
        for (byte b : text) {
            if (b == '@') {
                for (int odd : bytes) {
                    out.write(odd);
                }
            } else {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notUtf8(String what, byte[] body) {
        var checked = Payloads.CHECK.check(body);

        assertThat(checked.problems()).as(what).extracting(MappingIssue::code).containsExactly(NOT_UTF8);
        assertThat(checked.parts()).isEmpty();
    }

    @Test
    void findsTextThatIsLongerThanOneBufferToBeValidUtf8() {
        var body = aReferralWith("\"patientInstruction\":\"%s\"".formatted("a😀é".repeat(5_000)));

        assertThat(check(body).problems()).isEmpty();
    }

    @Test
    void acceptsAByteOrderMark() {
        assertThat(check("\uFEFF" + aReferral()).problems()).isEmpty();
        assertThat(Payloads.submission(("\uFEFF" + aReferral()).getBytes(UTF_8)).serviceRequests())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"_priority\":{\"extension\":[{\"url\":\"urn:x\",\"valueString\":\"y\"}]},\"priority\":\"stat\"",
                "\"priority\":\"stat\",\"_priority\":{\"id\":\"a\"}",
                "\"_occurrenceDateTime\":{\"id\":\"a\"},\"occurrenceDateTime\":\"2026-12-01\"",
                "\"occurrenceDateTime\":\"2026-12-01\",\"_occurrenceDateTime\":{\"id\":\"a\"}",
                "\"instantiatesUri\":[\"urn:a\",null],\"_instantiatesUri\":[null,{\"id\":\"b\"}]",
                "\"_instantiatesUri\":[null,{\"id\":\"b\"}],\"instantiatesUri\":[\"urn:a\",null]",
                "\"_instantiatesUri\":[{\"id\":\"b\"}]",
                "\"extension\":[{\"url\":\"urn:x\",\"extension\":[{\"url\":\"urn:y\",\"valueCode\":\"z\"}]}]",
                "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>\"}",
                "\"meta\":{\"profile\":[\"http://x.example/p\"],\"lastUpdated\":\"2026-11-22T08:00:00.000Z\"}",
                "\"quantityQuantity\":{\"value\":1e2}",
                "\"quantityQuantity\":{\"value\":0.10}",
                "\"doNotPerform\":false",
            })
    void acceptsWhatR4Allows(String members) {
        assertThat(check(aReferralWith(members)).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>a</p>",
                "<div>a<br></div>",
                "<div>&nbsp;</div>",
                "<div>a",
                " ",
                "a & b",
                "<!-- a --><div/>",
                "<!DOCTYPE div [<!ENTITY x SYSTEM 'file:///x'>]><div>&x;</div>",
                "<DIV>a</DIV>",
            })
    void aNarrativeThatHapiCouldNotReadRefusesWhereverItIs(String div) {
        var text = "\"text\":{\"status\":\"generated\",\"div\":\"%s\"}".formatted(div);

        assertThat(check(aReferralWith(text)).problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(NARRATIVE_UNREADABLE, "ServiceRequest.text.div"));
        assertThat(check(aTransactionWith(anEntry(aPatientWith(text), "POST", "Patient")))
                        .isAcceptable())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">a &lt; b &#160;<br/></div>",
                "<div>a</div>",
                "only text &amp; no element",
            })
    void aNarrativeThatHapiCanReadIsTaken(String div) {
        var body = aReferralWith("\"text\":{\"status\":\"generated\",\"div\":\"%s\"}".formatted(div));

        assertThat(check(body).problems()).isEmpty();
        assertThat(Payloads.parsed(body.getBytes(UTF_8)).isEmpty()).isFalse();
    }

    @Test
    void aNarrativeNestedTooDeepForHapiRefuses() {
        var div = "<div>" + "<b>".repeat(10_000) + "</b>".repeat(10_000) + "</div>";

        assertThat(check(aReferralWith("\"text\":{\"status\":\"generated\",\"div\":\"%s\"}".formatted(div)))
                        .problems())
                .extracting(MappingIssue::code)
                .containsExactly(NARRATIVE_UNREADABLE);
    }

    @Test
    void resourceTypeMayComeLast() {
        var body =
                "{\"status\":\"active\",\"intent\":\"order\",\"contained\":[{\"id\":\"p\",\"resourceType\":\"Patient\"}],"
                        + "\"subject\":{\"reference\":\"#p\"},\"resourceType\":\"ServiceRequest\"}";

        assertThat(check(body).problems()).isEmpty();
        assertThat(check(body).resourceType()).isEqualTo("ServiceRequest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"birthDate\":\"31.12.1980\"",
                "\"gender\":\"X\"",
                "\"active\":\"true\"",
                "\"name\":{\"family\":\"x\"}",
                "\"address\":[]",
                "\"unheardOf\":{\"a\":[1,{\"b\":null}]}",
                "\"telecom\":[null]",
                "\"contact\":[{}]",
                "\"link\":[{\"type\":\"seealso\"}]",
                "\"deceasedBoolean\":true,\"deceasedDateTime\":\"2026\"",
                "\"managingOrganization\":{\"reference\":\"javascript:alert(1)\"}",
            })
    void faultsOfASupportingResourceTravelAsWarnings(String members) {
        var checked = check(aTransactionWith(anEntry(aPatientWith(members), "POST", "Patient")));

        assertThat(checked.isAcceptable()).isTrue();
        assertThat(checked.problems()).isNotEmpty().allSatisfy(issue -> {
            assertThat(issue.code()).isEqualTo(FAULT_IN_SUPPORTING_RESOURCE);
            assertThat(issue.expression()).startsWith("Bundle.entry[1].resource.");
        });
    }

    @Test
    void faultsInsideAContainedPatientOfAServiceRequestTravelButThoseAroundItRefuse() {
        var checked = check(
                aReferralWith("\"contained\":[%s],\"priority\":\"soon\"".formatted(aPatientWith("\"gender\":\"X\""))));

        assertThat(checked.problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(
                        tuple(FAULT_IN_SUPPORTING_RESOURCE, "ServiceRequest.contained[0].gender"),
                        tuple(INVALID_CODE, "ServiceRequest.priority"));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var checked =
                check("{\"resourceType\":\"ServiceRequest\",\"status\":\"inactive\",\"reason\":[],\"performer\":{},"
                        + "\"authoredOn\":\"#NOW\"} x");

        assertThat(checked.problems())
                .extracting(MappingIssue::code)
                .containsExactly(
                        INVALID_CODE,
                        UNKNOWN_ELEMENT,
                        WRONG_SHAPE,
                        INVALID_VALUE,
                        REQUIRED_MISSING,
                        REQUIRED_MISSING,
                        JSON_SYNTAX);
    }

    @Test
    void listsNoMoreProblemsThanTheLimitAndStillRefuses() {
        var check = new PayloadCheck(Payloads.FHIR, new PayloadLimits(64, 200, 1_000, 40, 5, 1_000));
        var faults = String.join(",", Collections.nCopies(20, "{\"gender\":\"X\",\"resourceType\":\"Patient\"}"));
        var body = aReferralWith("\"contained\":[%s],\"priority\":\"soon\"".formatted(faults));

        var checked = check.check(body.getBytes(UTF_8));

        assertThat(checked.problems()).hasSize(6);
        assertThat(checked.isAcceptable()).isFalse();
    }

    @Test
    void harmIsSeenBehindAnyNumberOfOtherProblems() {
        var faults = String.join(",", Collections.nCopies(300, "{\"gender\":\"X\",\"resourceType\":\"Patient\"}"));
        var bomb = "\"priority\":\"soon\",\"quantityQuantity\":{\"value\":1e1000000000}";

        assertThat(check(aReferralWith("\"contained\":[%s],%s".formatted(faults, bomb)))
                        .isHarmless())
                .isFalse();
        assertThat(check(aReferralWith("\"contained\":[%s],\"priority\":\"soon\"".formatted(faults)))
                        .isHarmless())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void noValueOfThePayloadIsInWhatIsSaid(String body) {
        var checked = check(body);

        assertThat(checked.problems()).isNotEmpty();
        assertThat(checked.toString()).doesNotContain(CANARY);
    }

    static Stream<String> canaries() {
        var members = Stream.of(
                "\"status\":\"%s\"",
                "\"priority\":\"%s\"",
                "\"authoredOn\":\"%s\"",
                "\"subject\":{\"reference\":\"%s x\"}",
                "\"code\":\"%s\"",
                "\"note\":\"%s\"",
                "\"note\":[\"%s\"]",
                "\"unheardOf\":\"%s\"",
                "\"Mrs %s\":1",
                "\"\\u00e4%s\":{\"a\":1,\"a\":2}",
                "\"patientInstruction\":\"%s\\u0000\"",
                "\"patientInstruction\":\"%s",
                "\"patientInstruction\":\"\\%s\"",
                "\"patientInstruction\":%s",
                "\"contained\":[{\"resourceType\":\"%s\"}]",
                "\"contained\":[{\"resourceType\":\"Patient\",\"birthDate\":\"%s\",\"gender\":\"%1$s\"}]");
        return Stream.concat(
                members.map(member -> aReferralWith(member.formatted(CANARY))),
                Stream.of(CANARY, "{" + CANARY, aReferral() + CANARY, "{\"resourceType\":\"" + CANARY + "\"}"));
    }
}
