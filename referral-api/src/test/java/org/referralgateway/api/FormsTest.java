package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Referrals in XML, in STU3 and in R5, over HTTP: taken, kept as sent, and read back in R4. */
class FormsTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String XML = "application/fhir+xml";

    private final TestGateway gateway = TestGateway.shared();

    private static String xml(String json) {
        return FHIR.newXmlParser().encodeResourceToString(FHIR.newJsonParser().parseResource(json));
    }

    private static String aStu3Referral(String number) {
        return """
                {"resourceType":"ReferralRequest","status":"active","intent":"order",
                 "identifier":[{"system":"https://practice.example/orders","value":"%1$s"}],
                 "definition":[{"display":"Quokkaberry"}],
                 "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Nutt"}],"birthDate":"1971-04-02",
                   "identifier":[{"system":"https://practice.example/patients","value":"P-%1$s"}]}],
                 "serviceRequested":[{"text":"Referral to pain clinic"}],"subject":{"reference":"#p"},
                 "requester":{"agent":{"display":"Dr Linden"}},"reasonCode":[{"text":"Phantom limb pain"}]}
                """.formatted(number);
    }

    private static String anR5Referral(String number) {
        return """
                {"resourceType":"ServiceRequest","status":"active","intent":"order",
                 "identifier":[{"system":"https://practice.example/orders","value":"%1$s"}],
                 "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Nutt"}],"birthDate":"1971-04-02",
                   "identifier":[{"system":"https://practice.example/patients","value":"P-%1$s"}]}],
                 "code":{"concept":{"text":"Referral to pain clinic"}},"subject":{"reference":"#p"},
                 "reason":[{"concept":{"text":"Phantom limb pain"}}]}
                """.formatted(number);
    }

    /** What is stored of the submission that a referral came with: the body, and what was made of it. */
    private List<byte[]> stored(String referral) {
        return Opened.submission(gateway, referral);
    }

    private ServiceRequest readBackAsXml(String referral) {
        var answer = gateway.get("/fhir/ServiceRequest/" + referral, "Accept", XML);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(XML);
        return FHIR.newXmlParser().parseResource(ServiceRequest.class, answer.body());
    }

    @Test
    void aReferralInXmlIsTakenKeptAsSentAndReadBackInEitherFormat() {
        var number = Referrals.newNumber();
        var body = "<!-- from the practice -->\n" + xml(Referrals.aReferral(number));
        var answer = gateway.post("/ServiceRequest", body, "Content-Type", XML, "Accept", "application/fhir+json");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(stored(answer.referral()).getFirst()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(readBackAsXml(answer.referral()).getIdentifierFirstRep().getValue())
                .isEqualTo(number);
        var json = gateway.get("/fhir/ServiceRequest/" + answer.referral()).json();
        assertThat(json.at("/contained/0/name/0/family").asString()).isEqualTo("Nutt");
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + number + "&_format=xml")
                        .body())
                .containsPattern("<total value=\"1\" ?/?>");
    }

    @Test
    void theSameReferralInAnotherFormatIsTheSameReferral() {
        var json = Referrals.aReferral(Referrals.newNumber());
        var first = gateway.post("/ServiceRequest", xml(json), "Content-Type", "text/xml; charset=utf-8");
        var second = gateway.post("/ServiceRequest", json);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.referral()).isEqualTo(first.referral());
    }

    @Test
    void aTransactionInXmlStoresEachOfItsResources() {
        var body = xml(Referrals.aTransaction(Referrals.newNumber()));
        var answer = gateway.post("", body, "Content-Type", XML);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).as("no format was asked for").startsWith(XML);
        var places = FHIR.newXmlParser().parseResource(Bundle.class, answer.body()).getEntry().stream()
                .map(entry -> entry.getResponse().getLocation().replaceFirst("/_history.*", ""))
                .toList();
        assertThat(places)
                .hasSize(4)
                .allSatisfy(place ->
                        assertThat(gateway.get("/fhir/" + place).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ReferralRequest", "/ServiceRequest"})
    void aReferralRequestOfStu3BecomesAServiceRequestWithWhatWasLostOnItsReceipt(String address) {
        var body = aStu3Referral(Referrals.newNumber());
        var answer = gateway.post(address, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/fhir/ServiceRequest/");
        assertThat(answer.issues())
                .contains("converted@ReferralRequest", "lost-in-conversion@ReferralRequest.definition");
        assertThat(answer.body()).doesNotContain("Quokkaberry");
        assertThat(new String(stored(answer.referral()).getFirst(), StandardCharsets.UTF_8))
                .isEqualTo(body);
        var read = gateway.get("/fhir/ServiceRequest/" + answer.referral()).json();
        assertThat(read.at("/code/text").asString()).isEqualTo("Referral to pain clinic");
        assertThat(read.at("/requester/display").asString()).isEqualTo("Dr Linden");
        assertThat(gateway.post(address, body).status()).as("sent again").isEqualTo(200);
    }

    @Test
    void aReferralOfR5IsReadInR4() {
        var answer = gateway.post(
                "/ServiceRequest",
                anR5Referral(Referrals.newNumber()),
                "Content-Type",
                "application/fhir+json; fhirVersion=5.0");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.issues()).contains("converted@ServiceRequest");
        assertThat(readBackAsXml(answer.referral()).getReasonCodeFirstRep().getText())
                .isEqualTo("Phantom limb pain");
    }

    @Test
    void theFactsOfAConversionAreThoseOfTheReferral() {
        var answer = gateway.post("/ServiceRequest", anR5Referral(Referrals.newNumber()));
        var receipt = gateway.get("/fhir/ServiceRequest/" + answer.referral() + "/$receipt");

        assertThat(receipt.status()).isEqualTo(200);
        assertThat(receipt.body()).contains("\"converted\"", "ServiceRequest.reasonCode[0]");
    }

    @Test
    void aReferralInXmlWaitsForItsPatientAsOneInJsonDoes() {
        var id = Referrals.newNumber();
        var early = gateway.post("/ServiceRequest", """
                <ServiceRequest xmlns="http://hl7.org/fhir"><identifier><system value="https://practice.example/orders"/>
                 <value value="%1$s"/></identifier><status value="active"/><intent value="order"/>
                 <code><text value="Referral to pain clinic"/></code><subject><reference value="Patient/%1$s"/></subject>
                </ServiceRequest>""".formatted(id), "Content-Type", XML);
        assertThat(early.status()).as(early.body()).isEqualTo(202);

        gateway.put("/Patient/" + id, """
                {"resourceType":"Patient","id":"%1$s","birthDate":"1971-04-02","name":[{"family":"Nutt"}],
                 "identifier":[{"system":"https://practice.example/patients","value":"%1$s"}]}""".formatted(id));

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + id)
                                .json()
                                .path("total")
                                .asInt())
                        .isEqualTo(1));
    }

    private static String aMessage(String header, String request, String number) {
        return """
                {"resourceType":"Bundle","id":"%3$s","type":"message","entry":[
                 {"fullUrl":"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000010","resource":{"resourceType":"MessageHeader",%1$s,
                   "source":{"endpoint":"https://practice.example/fhir"},
                   "focus":[{"reference":"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000011"}]}},
                 {"fullUrl":"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000011","resource":{"resourceType":"%2$s",
                   "identifier":[{"system":"https://practice.example/orders","value":"%3$s"}],
                   "status":"active","intent":"order","subject":{"reference":"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000012"},
                   "reasonCode":[{"text":"Phantom limb pain"}]}},
                 {"fullUrl":"urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000012","resource":{"resourceType":"Patient",
                   "identifier":[{"system":"https://practice.example/patients","value":"P-%3$s"}],
                   "name":[{"family":"Nutt"}],"birthDate":"1971-04-02"}}]}
                """.formatted(header, request, number);
    }

    private static final String NEW_ORDER =
            "{\"system\":\"http://hl7.org/fhir/uv/cow/CodeSystem/message-events\",\"code\":\"new-order\"}";

    private int referralsWith(String number) {
        return gateway.get("/fhir/ServiceRequest?identifier=" + number)
                .json()
                .path("total")
                .asInt();
    }

    @Test
    void aMessageInXmlIsTaken() {
        var number = Referrals.newNumber();
        var message = xml(aMessage("\"eventCoding\":" + NEW_ORDER, "ServiceRequest", number));
        var answer = gateway.post("/$process-message", message, "Content-Type", XML);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(FHIR.newXmlParser()
                        .parseResource(Bundle.class, answer.body())
                        .getType())
                .isEqualTo(Bundle.BundleType.MESSAGE);
        assertThat(referralsWith(number)).isEqualTo(1);
    }

    @Test
    void aMessageOfStu3IsTaken() {
        var number = Referrals.newNumber();
        var message =
                aMessage("\"timestamp\":\"2026-11-20T09:00:00Z\",\"event\":" + NEW_ORDER, "ReferralRequest", number);
        var answer = gateway.post("/$process-message", message);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(referralsWith(number)).isEqualTo(1);
    }

    @Test
    void aReferralIsAmendedInXml() {
        var json = Referrals.aReferral(Referrals.newNumber());
        var first = gateway.post("/ServiceRequest", json);
        var amended = json.replaceFirst("\"resourceType\"", "\"id\": \"" + first.referral() + "\", \"resourceType\"");
        var answer = gateway.put(
                "/ServiceRequest/" + first.referral(),
                xml(amended.replace("\"urgent\"", "\"routine\"")),
                "Content-Type",
                XML);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var read = gateway.get("/fhir/ServiceRequest/" + first.referral()).json();
        assertThat(read.at("/meta/versionId").asString()).isEqualTo("2");
        assertThat(read.path("priority").asString()).isEqualTo("routine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>%s",
                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">%s",
                "<!DOCTYPE r [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>%s",
            })
    void nothingIsStoredOfXmlWithADoctype(String pattern) {
        var number = Referrals.newNumber();
        var answer = gateway.post(
                "/ServiceRequest",
                pattern.formatted(xml(Referrals.aReferral(number))),
                "Content-Type",
                XML,
                "Accept",
                "application/fhir+json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.issues()).containsExactly("xml-not-allowed@");
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + number)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void aRefusalOfXmlIsInXmlAndNamesEveryFault() {
        var answer = gateway.post(
                "/ServiceRequest",
                "<ServiceRequest xmlns=\"http://hl7.org/fhir\"><status value=\"activ\"/><colour value=\"red\"/></ServiceRequest>",
                "Content-Type",
                XML);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(FHIR.newXmlParser()
                        .parseResource(OperationOutcome.class, answer.body())
                        .getIssue())
                .extracting(issue -> issue.getExpression().getFirst().getValue())
                .contains("ServiceRequest.status", "ServiceRequest.colour", "ServiceRequest.subject");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, media-type-not-supported@",
        "application/fhir+turtle, media-type-not-supported@",
        "application/fhir+ndjson, media-type-not-supported@",
        "application/fhir+xml; charset=ISO-8859-1, media-type-not-supported@",
        "application/fhir+json; fhirVersion=1.0, fhir-version-not-supported@",
    })
    void everyOtherFormIsRefused(String contentType, String issue) {
        var answer = gateway.post(
                "/ServiceRequest",
                Referrals.aReferral(Referrals.newNumber()),
                "Content-Type",
                contentType,
                "Accept",
                "application/fhir+json");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.issues()).containsExactly(issue);
    }

    @Test
    void dstu2IsRefusedByName() {
        var answer = gateway.post(
                "/ReferralRequest",
                "{\"resourceType\":\"ReferralRequest\",\"status\":\"requested\",\"patient\":{\"reference\":\"Patient/1\"}}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("DSTU2");
    }

    @ParameterizedTest
    @CsvSource({"application/fhir+xml", "application/xml", "text/xml"})
    void answersInXmlWhereItIsAsked(String accept) {
        var answer = gateway.get("/fhir/metadata", "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(XML);
    }

    @Test
    void answersInNoFormatThatIsNotStated() {
        assertThat(gateway.get("/fhir/metadata?_format=ttl").status()).isEqualTo(406);
        assertThat(gateway.get("/fhir/metadata", "Accept", "application/fhir+turtle")
                        .status())
                .isEqualTo(406);
        assertThat(gateway.get("/fhir/metadata").header("Content-Type")).startsWith("application/fhir+json");
        assertThat(gateway.get("/fhir/metadata", "Accept", "*/*").header("Content-Type"))
                .startsWith("application/fhir+json");
    }

    @Test
    void aCharsetThatIsNoneDoesNotChangeWhatJsonSays() {
        var body = Referrals.aReferral(Referrals.newNumber()).replace("Hazel", "H\u00e4zel");
        var answer = gateway.post("/ServiceRequest", body, "Content-Type", "application/fhir+json; charset=ISO-8859-1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(gateway.get("/fhir/ServiceRequest/" + answer.referral()).body())
                .contains("H\u00e4zel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "transaction", "collection"})
    void aNumberThatFillsTheMemoryIsRefusedWhereverItStands(String type) {
        var answer = gateway.post("", """
                {"resourceType":"Bundle","type":"%s","entry":[
                 {"resource":%s,"request":{"method":"POST","url":"ServiceRequest"}},
                 {"resource":{"resourceType":"Observation","valueQuantity":{"value":1e1000000000}},
                  "request":{"method":"POST","url":"Observation"}}]}
                """.formatted(type, Referrals.aReferral(Referrals.newNumber())));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).contains("number-too-large@Bundle.entry[1].resource.value.value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p>a</p>", "<div>&nbsp;</div>", "<div>a<br></div>", " "})
    void aNarrativeThatCannotBeReadIsRefusedAtItsPlace(String div) {
        var body = Referrals.aReferral(Referrals.newNumber())
                .replace("\"gender\": \"female\"", "\"text\": {\"status\": \"generated\", \"div\": \"" + div + "\"}");
        var answer = gateway.post("/ServiceRequest", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.issues()).contains("narrative-unreadable@ServiceRequest.contained[0].text.div");
    }
}
