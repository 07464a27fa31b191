package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** XML and other versions, broken in many ways, the same ways each time: refused or understood, but never thrown. */
class FormMutationTest {

    private static final int EACH = 400;

    private static final String[] PIECES = {
        "<",
        ">",
        "/>",
        "</",
        "\"",
        "&",
        "&amp;",
        "&x;",
        "&#0;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x ?>",
        "<!DOCTYPE x>",
        " xmlns=\"\"",
        " value=\"\"",
        " id=\"x\"",
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">",
        "{",
        "}",
        "[",
        "]",
        ",",
        "null",
        "{}",
        "[]",
        "1e999999999",
        "\"x\":",
        "\0",
        "\uFEFF",
        "\u00e4"
    };

    private static final String STU3_JSON = """
            {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:4b2f1a30-0000-4000-8000-000000000001",
             "resource":{"resourceType":"Patient","name":[{"family":"Elm"}],"birthDate":"1970-01-01"},
             "request":{"method":"POST","url":"Patient"}},{"resource":{"resourceType":"ReferralRequest","status":"active",
             "intent":"order","subject":{"reference":"urn:uuid:4b2f1a30-0000-4000-8000-000000000001"},
             "requester":{"agent":{"display":"Dr Oak"}},"recipient":[{"display":"Clinic"}],"reasonCode":[{"text":"CRPS"}]},
             "request":{"method":"POST","url":"ReferralRequest"}}]}
            """;

    private static final String R5_JSON = """
            {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"#p"},
             "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Elm"}]}],
             "code":{"concept":{"coding":[{"system":"http://snomed.info/sct","code":"3457005"}]}},
             "reason":[{"concept":{"text":"CRPS"}},{"reference":{"display":"x"}}],"note":[{"text":"n"}]}
            """;

    static Stream<Arguments> payloads() {
        var sample = Payloads.parsed(Payloads.bytes(Payloads.samples().get(1)));
        return Stream.of(
                Arguments.of(
                        "xml", Payloads.FHIR.newXmlParser().encodeResourceToString(sample), "application/fhir+xml"),
                Arguments.of("stu3", STU3_JSON, "application/fhir+json;fhirVersion=3.0"),
                Arguments.of("r5", R5_JSON, "application/fhir+json;fhirVersion=5.0"),
                Arguments.of("shape of stu3", STU3_JSON, "application/fhir+json"),
                Arguments.of("shape of r5", R5_JSON, "application/fhir+json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void noMutationMakesUsThrow(String name, String original, String contentType) {
        int[] accepted = {0};

        IntStream.range(0, EACH).forEach(seed -> {
            var body = mutated(original, new Random(seed)).getBytes(UTF_8);
            assertThatCode(() -> accepted[0] += understood(Payloads.FORMS.read(body, contentType)) ? 1 : 0)
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        });

        assertThat(accepted[0]).as("accepted").isBetween(1, EACH - 1);
    }

    private static boolean understood(PayloadForm form) {
        return switch (form) {
            case PayloadForm.AsSent asSent -> asSent.checked().isAcceptable();
            case PayloadForm.Refused refused -> {
                assertThat(Outcomes.refusalStatus(refused.issues())).isGreaterThanOrEqualTo(400);
                yield false;
            }
            case PayloadForm.Converted converted -> {
                if (converted.checked().isAcceptable()) {
                    assertThat(Payloads.submission(converted.json(), converted.checked())
                                    .resources())
                            .isNotNull();
                }
                yield converted.checked().isAcceptable();
            }
        };
    }

    private static String mutated(String original, Random random) {
        var text = original;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(6));
            var piece = random.nextBoolean() ? PIECES[random.nextInt(PIECES.length)] : "";
            text = text.substring(0, from) + piece + text.substring(to);
        }
        return text;
    }
}
