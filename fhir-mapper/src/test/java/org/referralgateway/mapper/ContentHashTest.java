package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentHashTest {

    private static final String BUNDLE = """
            {"resourceType":"Bundle","id":"b","meta":{"lastUpdated":"2026-11-22T08:00:00Z"},"type":"collection",
            "timestamp":"2026-11-22T08:00:00Z","entry":[
            {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","birthDate":"1980-01-02"}},
            {"fullUrl":"urn:uuid:2","resource":{"resourceType":"ServiceRequest","status":"active","intent":"order",
            "subject":{"reference":"urn:uuid:1"},"reasonReference":[{"reference":"urn:uuid:3"}]}},
            {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Observation","valueQuantity":{"value":7.5},
            "subject":{"reference":"urn:uuid:1"},"meta":{"lastUpdated":"2026-11-22T08:00:00Z"},"text":"a b"}}]}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\"id\":\"b\" ~ \"id\":\"c\"",
                "2026-11-22T08:00:00Z ~ 2026-11-23T09:00:00Z",
                "urn:uuid:1 ~ urn:uuid:11",
                "urn:uuid:3 ~ https://ehr.example/fhir/Observation/3",
                "\"status\":\"active\",\"intent\":\"order\" ~ \"intent\":\"order\",\"status\":\"active\"",
                ": ~ : ",
                "a b ~ \\u0061 b",
            })
    void whatChangesEachTimeTheSameIsSentDoesNotMatter(String sent, String sentAgain) {
        assertThat(hash(BUNDLE.replace(sent, sentAgain))).isEqualTo(hash(BUNDLE));
    }

    @Test
    void whiteSpaceAndAByteOrderMarkDoNotMatter() {
        assertThat(hash("\uFEFF" + BUNDLE.replace(",", " ,\n\t"))).isEqualTo(hash(BUNDLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1980-01-02 ~ 1980-01-03",
                "7.5 ~ 7.6",
                "7.5 ~ 7.50000000000000000000001",
                "7.5 ~ \"7.5\"",
                "active ~ draft",
                "a b ~ a  b",
                "\"status\":\"active\", ~ \"status\":\"active\",\"priority\":\"stat\",",
                "\"reasonReference\":[{\"reference\":\"urn:uuid:3\"}] ~ \"reasonReference\":[{\"reference\":\"urn:uuid:1\"}]",
                "\"subject\":{\"reference\":\"urn:uuid:1\"},\"meta\" ~ \"subject\":{\"reference\":\"urn:uuid:2\"},\"meta\"",
                "collection ~ batch",
            })
    void anyChangeOfWhatIsSaidMatters(String sent, String changed) {
        var other = BUNDLE.replace(sent, changed);

        assertThat(other).isNotEqualTo(BUNDLE);
        assertThat(hash(other)).isNotEqualTo(hash(BUNDLE));
    }

    @Test
    void theIdOfAResourceMatters() {
        assertThat(hash(Payloads.aReferralWith("\"id\":\"a\"")))
                .isNotEqualTo(hash(Payloads.aReferralWith("\"id\":\"b\"")));
    }

    private static String hash(String body) {
        return ContentHash.of(body.getBytes(UTF_8));
    }
}
