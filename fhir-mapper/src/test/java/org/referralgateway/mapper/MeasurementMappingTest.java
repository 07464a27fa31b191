package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.mapper.Referral.Code;

/** Scores, vital signs and findings. */
class MeasurementMappingTest {

    private static String observation(String members) {
        return """
                {'resourceType':'Observation','status':'final','subject':{'reference':'Patient/p'},
                'code':{'coding':[{'system':'http://loinc.org','code':'72514-3'}]},%s}""".formatted(members);
    }

    private static Referral.Measurement measurement(String members) {
        return referral("", observation(members)).measurements().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'valueString':'eight of ten'; eight of ten",
                "'valueBoolean':true; yes",
                "'valueCodeableConcept':{'coding':[{'system':'urn:s','code':'pos','display':'positive'}]}; positive",
                "'valueRange':{'low':{'value':3},'high':{'value':5}}; 3 to 5",
                "'valueRatio':{'numerator':{'value':1},'denominator':{'value':128}}; 1 : 128",
                "'valueDateTime':'2026-11-01'; 2026-11-01",
                "'valueTime':'08:30:00'; 08:30:00",
                "'valuePeriod':{'start':'2026-01','end':'2026-03'}; 2026-01 to 2026-03",
                "'valueQuantity':{'value':5,'comparator':'<','unit':'mg/L'}; < 5 mg/L",
            })
    void aValueOfEveryTypeReadsAsText(String value, String text) {
        var referral = referral("", observation(value));

        assertThat(referral.measurements().getFirst().text()).isEqualTo(text);
        assertThat(referral.measurements().getFirst().value()).isNull();
        assertThat(sources(referral, "measurements[0].text")).containsExactly("Bundle.entry[2].resource.value COPIED");
    }

    /** Many senders put their own code first, which no rule can read. */
    @Test
    void ofSeveralCodesThatOfAPublicSystemIsTheAnswer() {
        assertThat(measurement("'valueCodeableConcept':{'coding':[{'system':'urn:oid:1.2.3','code':'2'},"
                                + "{'system':'http://snomed.info/sct','code':'77386006'}]}")
                        .code())
                .isEqualTo(new Code("http://snomed.info/sct", "77386006", null));
        assertThat(measurement("'valueCodeableConcept':{'coding':[{'system':'urn:oid:1.2.3','code':'2'}]}")
                        .code())
                .isEqualTo(new Code("urn:oid:1.2.3", "2", null));
    }

    @Test
    void aNumberStaysANumber() {
        assertThat(measurement("'valueInteger':7").value()).isEqualTo(new BigDecimal(7));
        assertThat(measurement("'valueQuantity':{'value':7.50,'unit':'points','code':'{score}'}"))
                .satisfies(measured -> {
                    assertThat(measured.value()).isEqualTo(new BigDecimal("7.50"));
                    assertThat(measured.unit()).isEqualTo("{score}");
                });
    }

    @Test
    void lessThanFiveIsNotFive() {
        var complete = (Mapped.Complete) Payloads.mapped(Together.bundle(
                        "", Together.PATIENT, observation("'valueQuantity':{'value':5,'comparator':'<'}")))
                .getFirst();

        assertThat(complete.facts().measurements()).isEmpty();
        assertThat(issues(complete.referral())).contains("value-not-coded Bundle.entry[2].resource.value");
    }

    @Test
    void aCodedAnswerKeepsItsCode() {
        assertThat(measurement("'valueCodeableConcept':{'coding':[{'system':'urn:s','code':'pos'}]}")
                        .code())
                .isEqualTo(new Code("urn:s", "pos", null));
    }

    @Test
    void keepsWhatTheLaboratorySaysOfIt() {
        var measured = measurement("""
                'valueQuantity':{'value':70},'interpretation':[{'text':'high'}],'effectiveDateTime':'2026-11-01',
                'referenceRange':[{'low':{'value':10},'high':{'value':40}}],'note':[{'text':'fasting'}]""");

        assertThat(measured)
                .extracting(
                        Referral.Measurement::interpretation,
                        Referral.Measurement::range,
                        Referral.Measurement::status,
                        Referral.Measurement::effective,
                        Referral.Measurement::note)
                .containsExactly("high", "10 to 40", "final", "2026-11-01", "fasting");
    }

    @Test
    void aPanelsPartsStandForThemselvesAndNameThePanel() {
        var referral = referral("", """
                {'resourceType':'Observation','status':'final','subject':{'reference':'Patient/p'},'effectiveDateTime':'2026-11-20',
                'code':{'text':'Blood pressure'},'component':[
                {'code':{'coding':[{'system':'http://loinc.org','code':'8480-6'}]},'valueQuantity':{'value':130,'code':'mm[Hg]'}},
                {'code':{'coding':[{'system':'http://loinc.org','code':'8462-4'}]},'dataAbsentReason':{'text':'not asked'}}]}""");

        assertThat(referral.measurements())
                .extracting(Referral.Measurement::panel)
                .containsExactly("Blood pressure", "Blood pressure");
        assertThat(referral.measurements().get(1).absent()).isEqualTo("not asked");
        assertThat(sources(referral, "measurements[0].value"))
                .containsExactly("Bundle.entry[2].resource.component[0].value COPIED");
        assertThat(sources(referral, "measurements[0].effective"))
                .containsExactly("Bundle.entry[2].resource.effective COPIED");
    }

    @Test
    void aScoreThatWasNotTakenIsNoScore() {
        var referral =
                referral("", observation("'effectiveDateTime':'2026-11-20','dataAbsentReason':{'text':'declined'}"));

        assertThat(referral.completeness())
                .filteredOn(item -> item.item().equals("pain-intensity"))
                .extracting(item -> item.state())
                .containsExactly("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entered-in-error", "cancelled"})
    void whatWasWithdrawnIsLeftOutAndSaidToBe(String status) {
        var referral = referral("", observation("'valueInteger':7").replace("final", status));

        assertThat(referral.measurements()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }
}
