package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** By which numbers a referral is found again, and what it hangs together with. */
class NumberMappingTest {

    private static final String PLACER = "{'type':{'coding':[{'code':'PLAC'}]},'system':'urn:x','value':'p-1'}";
    private static final String FILLER = "{'type':{'coding':[{'code':'FILL'}]},'system':'urn:x','value':'f-1'}";
    private static final String ENCOUNTER = """
            {'resourceType':'Encounter','id':'e','status':'finished','class':{'code':'EMER','display':'emergency'},
            'subject':{'reference':'Patient/p'},'identifier':[{'system':'urn:case','value':'c-1'}],
            'episodeOfCare':[{'reference':'EpisodeOfCare/journey'}],'period':{'start':'2026-11-01'}}""";
    private static final String TASK = """
            {'resourceType':'Task','status':'requested','intent':'order','focus':{'reference':'ServiceRequest/s'},
            'identifier':[%s,%s],'partOf':[{'reference':'Task/whole'}],
            'groupIdentifier':{'system':'urn:group','value':'g-1'}}""".formatted(FILLER, PLACER);

    @Test
    void thePlacersOwnNumberComesFirst() {
        var referral = referral(
                "'identifier':[%s,%s],'encounter':{'reference':'Encounter/e'}".formatted(FILLER, PLACER), ENCOUNTER);

        assertThat(values(referral)).containsExactly("p-1");
        assertThat(sources(referral, "placerNumbers[0]"))
                .containsExactly("Bundle.entry[0].resource.identifier[1] COPIED");
        assertThat(referral.thread())
                .filteredOn(link -> link.relation().equals("number"))
                .extracting(Referral.Link::number)
                .containsExactly(new BusinessIdentifier("urn:x", "f-1", "FILL"));
    }

    @Test
    void ontariosNumberIsReadFromTheExtensionOfTheRequestOrOfTheMessage() {
        var extension =
                "'extension':[{'url':'http://ehealthontario.ca/fhir/StructureDefinition/ext-referral-identifier',"
                        + "'valueIdentifier':{'system':'urn:ont','value':'o-1'}}]";
        var header = "{'resourceType':'MessageHeader','eventCoding':{'code':'x'},'source':{'endpoint':'urn:x'},%s}"
                .formatted(extension);

        assertThat(sources(referral(extension), "placerNumbers[0]"))
                .containsExactly("Bundle.entry[0].resource.extension[0].value COPIED");
        assertThat(sources(referral("", header), "placerNumbers[0]"))
                .containsExactly("Bundle.entry[2].resource.extension[0].value COPIED");
    }

    @Test
    void theNumberInAnExtensionAlsoSaysWhichReferralItIs() {
        var request = new ServiceRequest();
        request.addExtension("https://x.example/ext-referral-identifier", new Identifier().setValue("o-1"));
        request.addExtension("https://x.example/other-identifier", new Identifier().setValue("o-2"));
        request.addExtension("https://x.example/ext-referral-identifier", new StringType("o-3"));

        assertThat(Identifiers.placerIdentity(request))
                .extracting(BusinessIdentifier::value)
                .containsExactly("o-1");
    }

    @Test
    void theTasksPlacerNumberCountsWhereTheRequestHasNone() {
        var referral = referral("'encounter':{'reference':'Encounter/e'}", TASK, ENCOUNTER);

        assertThat(values(referral)).containsExactly("p-1");
        assertThat(sources(referral, "placerNumbers[0]"))
                .containsExactly("Bundle.entry[2].resource.identifier[1] COPIED");
    }

    @Test
    void theCaseNumberOfTheEncounterIsTheLastResort() {
        var referral = referral("'encounter':{'reference':'Encounter/e'}", ENCOUNTER);

        assertThat(values(referral)).containsExactly("c-1");
        assertThat(sources(referral, "placerNumbers[0]"))
                .containsExactly("Bundle.entry[2].resource.identifier[0] COPIED");
        assertThat(Together.issues(referral)).noneMatch(issue -> issue.startsWith("placer-number-missing"));
    }

    @Test
    void saysThatThereIsNoNumber() {
        assertThat(Together.issues(referral(""))).contains("placer-number-missing Bundle.entry[0].resource.identifier");
    }

    @Test
    void keepsWhatItHangsTogetherWith() {
        var referral = referral("""
                'basedOn':[{'reference':'CarePlan/c'}],'replaces':[{'identifier':{'value':'old-1'}}],
                'encounter':{'reference':'Encounter/e'}""", TASK, ENCOUNTER);

        assertThat(referral.thread())
                .extracting(Referral.Link::relation)
                .containsExactly("basedOn", "replaces", "episodeOfCare", "partOf", "task", "task", "group");
        assertThat(sources(referral, "thread[2]")).containsExactly("Bundle.entry[3].resource.episodeOfCare[0] COPIED");
    }

    @Test
    void keepsTheVisitOutOfWhichThePatientWasReferred() {
        var encounter =
                referral("'encounter':{'reference':'Encounter/e'}", ENCOUNTER).encounter();

        assertThat(encounter)
                .isEqualTo(new Referral.Encounter(
                        List.of(new BusinessIdentifier("urn:case", "c-1", null)),
                        "emergency",
                        "finished",
                        "2026-11-01"));
    }

    private static List<String> values(Referral referral) {
        return referral.placerNumbers().stream().map(BusinessIdentifier::value).toList();
    }

    @Test
    void aNumberOfThePersonIsNoNumberOfTheReferral() {
        var members = "'identifier':[{'system':'http://ns.electronichealth.net.au/id/medicare-number','value':'29537'},"
                + "{'type':{'coding':[{'code':'MR'}]},'system':'urn:h','value':'m-1'},%s]";
        var referral = referral(members.formatted("{'system':'urn:h','value':'o-1'}"));

        assertThat(values(referral)).containsExactly("o-1");
        assertThat(Together.issues(referral))
                .contains(
                        "identifier-of-a-person Bundle.entry[0].resource.identifier[0]",
                        "identifier-of-a-person Bundle.entry[0].resource.identifier[1]");
    }
}
