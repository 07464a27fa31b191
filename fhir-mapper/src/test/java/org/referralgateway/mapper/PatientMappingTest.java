package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.referralOf;
import static org.referralgateway.mapper.Together.sources;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of the person who is referred. */
class PatientMappingTest {

    private static Referral.Patient patient(String members, String... others) {
        return referral(members, others).patient();
    }

    private static Referral referral(String members, String... others) {
        return referralOf("{'resourceType':'Patient','id':'p'," + members + "}", "", others);
    }

    @Test
    void thePhoneOfAContactWhoIsThePersonIsThePersonsAndRankedFirst() {
        var referral = referral("""
                'name':[{'text':'x'}],'telecom':[{'system':'phone','value':'111','use':'work'}],'contact':[{
                'relationship':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'ONESELF'}]}],
                'telecom':[{'system':'phone','value':'222','rank':2},{'system':'phone','value':'333','rank':1},
                {'system':'email','value':'a@b.example','rank':3}]},
                {'relationship':[{'text':'emergency contact'}],'name':{'text':'Jo Sorrel'},
                'telecom':[{'system':'phone','value':'444'}]}]""");

        assertThat(referral.patient().phones()).containsExactly("333", "222", "111");
        assertThat(referral.patient().emails()).containsExactly("a@b.example");
        assertThat(referral.patient().contactPersons())
                .containsExactly(new Referral.ContactPerson("Jo Sorrel", "emergency contact", List.of("444")));
        assertThat(sources(referral, "patient.phones[0]"))
                .containsExactly("Bundle.entry[1].resource.contact[0].telecom[1].value COPIED");
    }

    @Test
    void withoutARankAMobileComesBeforeHomeBeforeWork() {
        assertThat(patient("""
                'name':[{'text':'x'}],'telecom':[{'system':'phone','value':'1','use':'work'},
                {'system':'phone','value':'2','use':'home'},{'system':'sms','value':'3','use':'mobile'},
                {'value':'+41 44 555 01 00'}]""").phones()).containsExactly("3", "2", "+41 44 555 01 00", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'use':'old'",
                "'period':{'end':'2026-11-21'}",
                "'period':{'end':'2026-10'}",
                "'period':{'end':'2025'}"
            })
    void aNumberThatIsOutOfUseIsNotCalled(String out) {
        var referral = referral("'name':[{'text':'x'}],'telecom':[{'system':'phone','value':'1',%s}]".formatted(out));

        assertThat(referral.patient().phones()).isEmpty();
    }

    @Test
    void aNumberThatEndsTodayOrThisYearIsStillInUse() {
        assertThat(patient("""
                'name':[{'text':'x'}],'telecom':[{'system':'phone','value':'1','period':{'end':'2026-11-22'}},
                {'system':'phone','value':'2','period':{'end':'2026'}}]""").phones()).containsExactly("1", "2");
    }

    @Test
    void theSameNumberIsListedOnce() {
        assertThat(patient("""
                'name':[{'text':'x'}],'telecom':[{'system':'phone','value':'1'},{'system':'phone','value':'1'}]""").phones()).containsExactly("1");
    }

    @Test
    void theOfficialNameIsTheNameAndTheOthersAreKept() {
        var patient = patient("""
                'name':[{'use':'maiden','family':'Leidend'},{'family':'Ufferer','given':['Susanna','M']},
                {'use':'official','text':'Dr Susanna Ufferer'}]""");

        assertThat(patient.name()).isEqualTo("Dr Susanna Ufferer");
        assertThat(patient.otherNames()).containsExactly("Leidend (maiden)", "Susanna M Ufferer");
    }

    @Test
    void anAddressIsOneLine() {
        assertThat(patient("""
                'name':[{'text':'x'}],'address':[{'line':['Musterweg','6a'],'city':'Basel','postalCode':'4000','country':'CH'},
                {'use':'temp','text':'c/o Jo\\nHill 1'},{'use':'old','city':'Bern'}]""").addresses()).containsExactly("Musterweg, 6a, Basel, 4000, CH", "c/o Jo, Hill 1 (temp)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired','valueBoolean':true}]",
                "'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed',"
                        + "'valueCoding':{'system':'http://snomed.info/sct','code':'373066001'}}]",
                "'extension':[{'url':'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSCommunication',"
                        + "'extension':[{'url':'interpreterRequired','valueBoolean':true}]}]",
            })
    void theNeedForAnInterpreterIsReadInEachDialect(String members) {
        assertThat(patient("'name':[{'text':'x'}]," + members).interpreterNeeded())
                .isTrue();
        assertThat(patient("'name':[{'text':'x'}],"
                                + members.replace("true", "false").replace("373066001", "373067005"))
                        .interpreterNeeded())
                .isFalse();
    }

    @Test
    void thePreferredLanguageComesFirst() {
        assertThat(patient("""
                'name':[{'text':'x'}],'communication':[{'language':{'text':'English'}},
                {'language':{'text':'Polish'},'preferred':true}]""").language()).isEqualTo("Polish, English");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'deceasedBoolean':true;yes", "'deceasedDateTime':'2026-11-01';2026-11-01"})
    void keepsWhetherThePersonHasDied(String memberAndText) {
        var parts = memberAndText.split(";", -1);

        assertThat(patient("'name':[{'text':'x'}]," + parts[0]).deceased()).isEqualTo(parts[1]);
    }

    @Test
    void keepsWhetherTheNationalNumberWasTraced() {
        var referral = referral("""
                'identifier':[{'system':'https://fhir.nhs.uk/Id/nhs-number','value':'9','extension':[{'url':
                'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
                'valueCodeableConcept':{'coding':[{'code':'01','display':'Number present and verified'}]}}]}]""");

        assertThat(referral.patient().numberVerification()).isNotNull();
        assertThat(sources(referral, "patient.numberVerification"))
                .containsExactly("Bundle.entry[1].resource.identifier[0].extension[0].value COPIED");
    }

    @Test
    void keepsTheGeneralPractitioner() {
        var patient = patient(
                "'name':[{'text':'x'}],'generalPractitioner':[{'reference':'Organization/o'},{'display':'Dr Ash'}]",
                "{'resourceType':'Organization','id':'o','name':'Meadow Surgery'}");

        assertThat(patient.generalPractitioners())
                .extracting(Referral.Party::label)
                .containsExactly("Meadow Surgery", "Dr Ash");
    }

    @Test
    void aRelatedPersonMayBeCalledToo() {
        var referral = referral(
                "'name':[{'text':'x'}]",
                "{'resourceType':'RelatedPerson','patient':{'reference':'Patient/p'},'name':[{'family':'Nutt','given':['Filbert']}],"
                        + "'relationship':[{'coding':[{'code':'HUSB','display':'husband'}]}],"
                        + "'telecom':[{'system':'phone','value':'555-0199'},{'system':'fax','value':'555-0198'}]}",
                "{'resourceType':'RelatedPerson','active':false,'patient':{'reference':'Patient/p'},'name':[{'text':'Past'}]}");

        assertThat(referral.patient().contactPersons())
                .containsExactly(new Referral.ContactPerson("Filbert Nutt", "husband", List.of("555-0199")));
        assertThat(sources(referral, "patient.contactPersons[0].phones"))
                .containsExactly("Bundle.entry[2].resource.telecom[0].value COPIED");
        assertThat(referral.dropped())
                .contains("Bundle.entry[2].resource.telecom[1]", "Bundle.entry[3].resource.name[0]");
    }
}
