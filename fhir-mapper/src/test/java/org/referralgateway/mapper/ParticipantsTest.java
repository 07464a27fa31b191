package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who refers, who is asked, and where to answer. */
class ParticipantsTest {

    private static final String HEADER = """
            {'resourceType':'MessageHeader','eventCoding':{'code':'x'},'sender':{'display':'Sender Practice'},
            'destination':[{'endpoint':'urn:us','receiver':{'display':'Pain Clinic'}},{'endpoint':'urn:b','name':'Second'}],
            'source':{'name':'EHR','endpoint':'https://ehr.example/in','contact':{'system':'phone','value':'555'}}}""";
    private static final String TASK = """
            {'resourceType':'Task','status':'requested','intent':'order','focus':{'reference':'ServiceRequest/s'},
            'requester':{'display':'Dr Task'},'owner':{'display':'Owner Clinic'}}""";
    private static final String PRACTITIONER = """
            {'resourceType':'Practitioner','id':'dr','name':[{'family':'Blake','given':['Marcy']}],
            'identifier':[{'system':'urn:role','value':'PT1'}],'telecom':[{'system':'phone','value':'1'},{'system':'fax','value':'2'},
            {'system':'email','value':'m@x.example'}]}""";
    private static final String ROLE = """
            {'resourceType':'PractitionerRole','id':'role','practitioner':{'reference':'Practitioner/dr'},
            'organization':{'reference':'Organization/org'},'specialty':[{'text':'General practice'}]}""";
    private static final String ORGANIZATION =
            "{'resourceType':'Organization','id':'org','name':'Meadow Surgery','telecom':[{'system':'phone','value':'9'}]}";

    private static Referral.Party requester(Referral referral) {
        var requester = referral.requester();
        assertThat(requester).isNotNull();
        return requester;
    }

    @Test
    void aRoleIsAPersonAtAnOrganisation() {
        var referral = referral("'requester':{'reference':'PractitionerRole/role'}", ROLE, PRACTITIONER, ORGANIZATION);

        assertThat(requester(referral))
                .isEqualTo(new Referral.Party(
                        "PractitionerRole",
                        "Marcy Blake",
                        "Meadow Surgery",
                        "9",
                        "m@x.example",
                        "General practice",
                        null,
                        List.of("phone 1", "fax 2"),
                        List.of(new BusinessIdentifier("urn:role", "PT1", null))));
        assertThat(sources(referral, "requester.name"))
                .containsExactly(
                        "Bundle.entry[2].resource.practitioner COPIED", "Bundle.entry[3].resource.name[0] COMPUTED");
    }

    @Test
    void whereAPractitionerWorksIsFoundInTheRoleBesideHer() {
        var referral = referral("'requester':{'reference':'Practitioner/dr'}", ROLE, PRACTITIONER, ORGANIZATION);

        assertThat(requester(referral).organization()).isEqualTo("Meadow Surgery");
        assertThat(requester(referral).phone()).isEqualTo("1");
        assertThat(requester(referral).role()).isEqualTo("General practice");
    }

    @Test
    void aNameOrANumberIsEnough() {
        assertThat(requester(referral("'requester':{'display':'Dr Willow'}")).label())
                .isEqualTo("Dr Willow");
        assertThat(requester(referral(
                                "'requester':{'type':'Organization','identifier':{'system':'urn:o','value':'RYE'}}"))
                        .label())
                .isEqualTo("RYE");
    }

    @Test
    void theTasksRequesterIsTakenWhereTheRequestNamesNone() {
        var referral = referral("", HEADER, TASK);

        assertThat(requester(referral).name()).isEqualTo("Dr Task");
        assertThat(sources(referral, "requester")).containsExactly("Bundle.entry[3].resource.requester ASSUMED");
        assertThat(issues(referral)).contains("requester-assumed Bundle.entry[0].resource.requester");
    }

    @Test
    void theMessagesSenderIsTakenWhereNobodyElseIsNamed() {
        var referral = referral("", HEADER);

        assertThat(requester(referral).name()).isEqualTo("Sender Practice");
        assertThat(sources(referral, "requester")).containsExactly("Bundle.entry[2].resource.sender ASSUMED");
    }

    @Test
    void theLettersAuthorIsTakenWhereThereIsNoMessage() {
        var referral = referral("", """
                {'resourceType':'Composition','status':'final','type':{'text':'x'},'date':'2026-11-01','title':'x',
                'subject':{'reference':'Patient/p'},'author':[{'display':'Dr Letter'}]}""");

        assertThat(requester(referral).name()).isEqualTo("Dr Letter");
    }

    @Test
    void theRequestersOwnNameIsNeverAssumed() {
        var referral = referral("'requester':{'display':'Dr Willow'}", HEADER, TASK);

        assertThat(requester(referral).name()).isEqualTo("Dr Willow");
        assertThat(issues(referral)).noneMatch(issue -> issue.startsWith("requester-assumed"));
    }

    @Test
    void whoIsAskedIsFoundInRequestMessageTaskAndPlace() {
        assertThat(labels(referral("'performer':[{'display':'Dr Pain'}]", HEADER, TASK)))
                .containsExactly("Dr Pain");
        assertThat(labels(referral("", HEADER, TASK))).containsExactly("Pain Clinic", "Second");
        assertThat(labels(referral("", TASK))).containsExactly("Owner Clinic");
        assertThat(labels(referral(
                        "'locationReference':[{'reference':'Location/l'}],'locationCode':[{'text':'Outpatient'}],"
                                + "'performerType':{'text':'pain physician'}",
                        "{'resourceType':'Location','id':'l','address':{'city':'Leeds'}}")))
                .containsExactly("Leeds", "Outpatient", "pain physician");
    }

    @Test
    void theSwissFormNamesTheReceiverInAnExtension() {
        var referral = referral("", """
                {'resourceType':'Composition','status':'final','type':{'text':'x'},'date':'2026-11-01','title':'x',
                'subject':{'reference':'Patient/p'},'author':[{'display':'x'}],'extension':[
                {'url':'http://fhir.ch/ig/ch-orf/StructureDefinition/ch-orf-receiver','valueReference':{'display':'Klinik'}},
                {'url':'http://fhir.ch/ig/ch-orf/StructureDefinition/ch-orf-copyreceiver','valueReference':{'display':'Kopie'}}]}""");

        assertThat(labels(referral)).containsExactly("Klinik");
        assertThat(referral.dropped()).containsExactly("Bundle.entry[2].resource.extension[1]");
    }

    private static List<String> labels(Referral referral) {
        return referral.performers().stream().map(Referral.Party::label).toList();
    }

    @Test
    void answersGoWhereTheMessageCameFrom() {
        var reply = referral("'requester':{'display':'x'}", HEADER).replyTo();

        assertThat(reply).isNotNull();
        assertThat(reply.endpoint()).isEqualTo("https://ehr.example/in");
        assertThat(reply.contact()).isEqualTo("555");
        assertThat(reply.sender()).isNotNull();
        assertThat(referral("").replyTo()).isNull();
    }

    @Test
    void aReferenceThatLeadsNowhereIsSaidAndTheNextPlaceIsAsked() {
        var referral = referral("'requester':{'reference':'Practitioner/gone'}", TASK);

        assertThat(requester(referral).name()).isEqualTo("Dr Task");
        assertThat(issues(referral)).contains("reference-unresolved Bundle.entry[0].resource.requester.reference");
    }

    /** Danish municipalities send no more of who asks than the organisation and whom to ask there. */
    @Test
    void anOrganisationIsReachedByItsContact() {
        var referral = referral("'requester':{'reference':'Organization/o'}", """
                {'resourceType':'Organization','id':'o','name':'Socialgruppe B','contact':[{'name':{'family':'Karlsen'},
                'telecom':[{'system':'phone','value':'55500001'}]}]}""");

        assertThat(requester(referral))
                .extracting(Referral.Party::name, Referral.Party::organization, Referral.Party::phone)
                .containsExactly("Karlsen", "Socialgruppe B", "55500001");
        assertThat(sources(referral, "requester.phone"))
                .containsExactly("Bundle.entry[2].resource.contact[0].telecom[0].value COPIED");
    }

    @Test
    void whomToAskAtAnEmployerIsNotWhoRefers() {
        var employer = ORGANIZATION.replace(
                "'name':'Meadow Surgery'", "'name':'Meadow Surgery','contact':[{'name':{'family':'Somebody'}}]");

        assertThat(requester(
                        referral("'requester':{'reference':'PractitionerRole/role'}", ROLE, PRACTITIONER, employer)))
                .extracting(Referral.Party::name)
                .isEqualTo("Marcy Blake");
        assertThat(requester(referral("'requester':{'reference':'Organization/org'}", employer))
                        .label())
                .isEqualTo("Meadow Surgery");
    }
}
