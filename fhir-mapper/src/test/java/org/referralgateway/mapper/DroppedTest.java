package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.referralOf;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is dropped in silence. */
class DroppedTest {

    private static final String HISTORY = """
            {'resourceType':'FamilyMemberHistory','status':'completed','patient':{'reference':'Patient/p'},
            'relationship':{'text':'mother'},'condition':[{'code':{'text':'migraine'}},{'code':{'text':'stroke'}}]}""";

    @Test
    void aResourceOfAnUnreadTypeIsNamedOnceWithItsElements() {
        var referral = referral("'reasonCode':[{'text':'x'}]", HISTORY);

        assertThat(referral.dropped())
                .containsExactly(
                        "Bundle.entry[2].resource.status",
                        "Bundle.entry[2].resource.relationship",
                        "Bundle.entry[2].resource.condition[0]",
                        "Bundle.entry[2].resource.condition[1]");
        assertThat(referral.issues())
                .filteredOn(issue -> issue.code() == IssueCode.NOT_MAPPED)
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.expression()).isEqualTo("Bundle.entry[2].resource");
                    assertThat(issue.diagnostics()).contains("FamilyMemberHistory.status, relationship, condition.");
                });
    }

    @Test
    void anUnreadElementOfAReadResourceIsNamed() {
        var referral = referralOf(
                Together.PATIENT.replace(
                        "'id':'p'",
                        "'id':'p','maritalStatus':{'text':'x'},'extension':[{'url':'urn:x','valueString':'y'}]"),
                "'reasonCode':[{'text':'x'}]");

        assertThat(referral.dropped())
                .containsExactly("Bundle.entry[1].resource.extension[0]", "Bundle.entry[1].resource.maritalStatus");
    }

    @Test
    void oneOfSeveralThatWasNotReadIsNamedByItsIndex() {
        var referral = referralOf(
                Together.PATIENT.replace(
                        "'id':'p'",
                        "'id':'p','telecom':[{'system':'phone','value':'1'},{'system':'phone','value':'2','use':'old'}]"),
                "");

        assertThat(referral.dropped()).containsExactly("Bundle.entry[1].resource.telecom[1]");
    }

    @Test
    void whatCarriesNoContentIsNotNamed() {
        var referral = referralOf(
                Together.PATIENT.replace(
                        "'id':'p'", "'id':'p','active':true,'meta':{'profile':['urn:x']},'language':'en'"),
                "'meta':{'versionId':'1'},'doNotPerform':false");

        assertThat(referral.dropped()).isEmpty();
    }

    @Test
    void aNarrativeThatRepeatsIsNotNamedButOneThatSaysMoreIs() {
        var text = "'text':{'status':'%s','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'>Robin</div>'}"
                .replace("\\'", "\\\"");

        assertThat(referralOf(Together.PATIENT.replace("'id':'p'", "'id':'p'," + text.formatted("generated")), "")
                        .dropped())
                .isEmpty();
        assertThat(referralOf(Together.PATIENT.replace("'id':'p'", "'id':'p'," + text.formatted("additional")), "")
                        .dropped())
                .containsExactly("Bundle.entry[1].resource.text");
        assertThat(referral(text.formatted("additional")).notes()).containsExactly("Robin");
    }

    @Test
    void aReferenceToWhatIsReadByItselfIsNotNamedButOneThatLeadsNowhereIs() {
        var encounter = "{'resourceType':'Encounter','id':'e','status':'planned','class':{'code':'AMB'},"
                + "'subject':{'reference':'Patient/p'},'serviceProvider':{'reference':'%s'}}";

        assertThat(referral("'encounter':{'reference':'Encounter/e'}", encounter.formatted("Patient/p"))
                        .dropped())
                .isEmpty();
        assertThat(referral("'encounter':{'reference':'Encounter/e'}", encounter.formatted("Organization/gone"))
                        .dropped())
                .containsExactly("Bundle.entry[2].resource.serviceProvider");
    }

    @Test
    void aResourceThatWasLeftOutIsNamedAsAWhole() {
        var referral = referral(
                "",
                "{'resourceType':'Flag','status':'inactive','code':{'text':'x'},'subject':{'reference':'Patient/p'}}");

        assertThat(referral.dropped()).containsExactly("Bundle.entry[2].resource");
        assertThat(issues(referral)).noneMatch(issue -> issue.startsWith("not-mapped"));
    }

    @Test
    void aFaultyValueThatCannotBeReadIsNamed() {
        var referral = referralOf(Together.PATIENT.replace("1971-04-05", "05.04.1971"), "");

        assertThat(referral.dropped()).containsExactly("Bundle.entry[1].resource.birthDate");
    }

    @Test
    void theThingsOfAnotherReferralAreNotOurs() {
        var bundle = Together.bundle(
                        "'reasonCode':[{'text':'x'}],'requester':{'reference':'Organization/ours'}",
                        Together.PATIENT,
                        "{'resourceType':'Organization','id':'ours','name':'Ours','type':[{'text':'x'}]}",
                        "{'resourceType':'Organization','id':'theirs','name':'Theirs','type':[{'text':'x'}]}",
                        Together.PATIENT.replace("'id':'p'", "'id':'q','maritalStatus':{'text':'x'}"),
                        """
                        {'resourceType':'ServiceRequest','id':'t','status':'active','intent':'order','reasonCode':[{'text':'y'}],
                        'subject':{'reference':'Patient/q'},'requester':{'reference':'Organization/theirs'}}""")
                .replace('\'', '"');

        var referrals = Payloads.mapped(bundle).stream()
                .map(mapped -> ((Mapped.Complete) mapped).referral().dropped())
                .toList();

        assertThat(referrals)
                .containsExactly(
                        List.of("Bundle.entry[2].resource.type[0]"),
                        List.of("Bundle.entry[3].resource.type[0]", "Bundle.entry[4].resource.maritalStatus"));
    }

    @ParameterizedTest
    @MethodSource("org.referralgateway.mapper.Payloads#samples")
    void nothingIsBothReadAndDropped(java.nio.file.Path sample) {
        for (var mapped : Payloads.mapped(Payloads.submission(Payloads.bytes(sample)))) {
            var referral = ((Mapped.Complete) mapped).referral();
            var read = referral.lineage().stream()
                    .map(line -> ElementOf.path(line.source()))
                    .collect(Collectors.toSet());
            assertThat(new HashSet<>(referral.dropped())).doesNotContainAnyElementsOf(read);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceRequest.code, ServiceRequest.code",
        "ServiceRequest.reasonCode[0].text, ServiceRequest.reasonCode[0]",
        "ServiceRequest.contained[3].name[0].given, ServiceRequest.contained[3].name[0]",
        "Bundle.entry[2].resource.telecom[1].value, Bundle.entry[2].resource.telecom[1]",
        "Bundle.entry[2].resource.contained[0].code.text, Bundle.entry[2].resource.contained[0].code",
        "Bundle.entry[2].resource.entry[7].resource.code.text, Bundle.entry[2].resource.entry[7].resource.code",
        "Bundle.entry[2].resource.entry[7].item, Bundle.entry[2].resource.entry[7]",
        "Bundle.entry[2].resource, Bundle.entry[2].resource",
        "Patient/1.name[0], Patient/1.name[0]",
        "Patient/1, Patient/1",
    })
    void aPlaceIsCutDownToTheElementThatItIsIn(String source, String element) {
        assertThat(ElementOf.path(source)).isEqualTo(element);
    }
}
