package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Payloads.aReferralWith;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.mapper.CheckedPayload.Part;
import tools.jackson.databind.json.JsonMapper;

/** Where each resource lies in the bytes. */
class PayloadPartsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", " \n\t", "\uFEFF \r\n"})
    void aPartIsExactlyTheBytesOfItsResource(String before) {
        var patient = "{ \"id\": \"p\", \"name\": [ {\"family\": \"Ünïcødé😀\"} ], \"resourceType\": \"Patient\" }";
        var referral = aReferralWith("\"patientInstruction\":\"größer 😀 } ] \\\" \\u00e4\",\"contained\":["
                + "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}]");
        var bundle = before
                + "{\"id\":\"b\",\"type\":\"collection\", \"identifier\":{\"value\":\"ßß😀\"}, \"entry\" : [ {\"fullUrl\":\"urn:uuid:ä\",\"resource\" : "
                + patient + " } , {\"resource\":" + referral + "}],\"resourceType\":\"Bundle\"}  \n";
        var body = bundle.getBytes(UTF_8);

        var parts = Payloads.CHECK.check(body).parts();

        assertThat(parts).extracting(Part::entry).containsExactly(Part.WHOLE, 0, 1);
        assertThat(parts).extracting(Part::resourceType).containsExactly("Bundle", "Patient", "ServiceRequest");
        assertThat(slice(body, parts.get(0)))
                .isEqualTo(bundle.strip().replace("\uFEFF", "").strip());
        assertThat(slice(body, parts.get(1))).isEqualTo(patient);
        assertThat(slice(body, parts.get(2))).isEqualTo(referral);
    }

    static java.util.List<java.nio.file.Path> samples() {
        return Payloads.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void thePartsOfASampleAreItsEntries(java.nio.file.Path file) {
        var body = Payloads.bytes(file);
        var whole = JSON.readTree(body);

        var parts = Payloads.CHECK.check(body).parts();

        assertThat(parts).hasSize(1 + whole.path("entry").size());
        for (var part : parts) {
            var expected = part.entry() == Part.WHOLE ? whole : whole.at("/entry/" + part.entry() + "/resource");
            assertThat(JSON.readTree(slice(body, part))).isEqualTo(expected);
            assertThat(expected.path("resourceType").asString()).isEqualTo(part.resourceType());
        }
    }

    @Test
    void anEntryWithoutAKnownResourceHasNoPart() {
        var body =
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"x\"}},"
                        + "{\"resource\":{\"resourceType\":\"Nothing\"}},{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}}]}";

        assertThat(Payloads.check(body).parts()).extracting(Part::entry).containsExactly(Part.WHOLE, 2);
    }

    private static String slice(byte[] body, Part part) {
        return new String(Arrays.copyOfRange(body, part.offset(), part.offset() + part.length()), UTF_8);
    }
}
