package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.referralgateway.mapper.Referral.Answer;
import org.referralgateway.mapper.Referral.Code;

/** Forms that a practice fills in for its referral. */
class FormMappingTest {

    private static final String RESPONSE = """
            {'resourceType':'QuestionnaireResponse','status':'completed','subject':{'reference':'Patient/p'},
            'authored':'2026-11-01','questionnaire':'https://x.example/Questionnaire/pain|2','item':[
            {'linkId':'1','text':'Pain','item':[
              {'linkId':'1.1','text':'How strong?','answer':[{'valueInteger':8}]},
              {'linkId':'1.2','answer':[{'valueCoding':{'system':'urn:s','code':'L','display':'left'},
                'item':[{'linkId':'1.2.1','text':'Which finger?','answer':[{'valueString':'<b>index</b>'}]}]}]}]},
            {'linkId':'2','text':'Since','answer':[{'valueDate':'2026-01-05'}]},
            {'linkId':'3','text':'Numb?','answer':[{'valueBoolean':true}]},
            {'linkId':'4','text':'Not answered'}]}""";
    private static final String QUESTIONNAIRE = """
            {'resourceType':'Questionnaire','status':'active','url':'https://x.example/Questionnaire/pain','title':'Pain form',
            'item':[{'linkId':'1','type':'group','text':'ignored','item':[{'linkId':'1.2','type':'choice','text':'Which side?'}]}]}""";

    @Test
    void eachAnswerStandsWithItsQuestion() {
        var form = referral("", RESPONSE, QUESTIONNAIRE).forms().getFirst();

        assertThat(form.title()).isEqualTo("Pain form");
        assertThat(form.authored()).isEqualTo("2026-11-01");
        assertThat(form.answers())
                .containsExactly(
                        new Answer("1.1", "How strong?", "8", null),
                        new Answer("1.2", "Which side?", "left", new Code("urn:s", "L", "left")),
                        new Answer("1.2.1", "Which finger?", "index", null),
                        new Answer("2", "Since", "2026-01-05", null),
                        new Answer("3", "Numb?", "yes", null));
    }

    @Test
    void eachAnswerSaysWhereItStood() {
        var referral = referral("", RESPONSE);

        assertThat(sources(referral, "forms[0].answers[1]"))
                .containsExactly("Bundle.entry[2].resource.item[0].item[1].answer[0].value COPIED");
        assertThat(sources(referral, "forms[0].answers[2]"))
                .containsExactly("Bundle.entry[2].resource.item[0].item[1].answer[0].item[0].answer[0].value COMPUTED");
    }

    @Test
    void withoutTheBlankFormItsAddressIsTheTitle() {
        assertThat(referral("", RESPONSE).forms().getFirst().title())
                .isEqualTo("https://x.example/Questionnaire/pain|2");
    }

    @Test
    void whatTheTaskWasGivenIsAFormToo() {
        var referral = referral("", """
                {'resourceType':'Task','status':'requested','intent':'order','focus':{'reference':'ServiceRequest/s'},
                'input':[{'type':{'text':'preferred clinic'},'valueString':'Hill Road'},
                {'type':{'text':'additional content'},'valueReference':{'reference':'Observation/o'}},
                {'type':{'text':'more'},'valueReference':{'reference':'Observation/gone'}}]}""", """
                {'resourceType':'Observation','id':'o','status':'final','subject':{'reference':'Patient/p'},
                'code':{'text':'x'},'valueInteger':1}""");

        assertThat(referral.forms())
                .singleElement()
                .satisfies(form -> assertThat(form.answers())
                        .containsExactly(
                                new Answer(null, "preferred clinic", "Hill Road", null),
                                new Answer(null, "more", "Observation/gone", null)));
    }

    @Test
    void aFormEnteredInErrorIsLeftOut() {
        var referral = referral("", RESPONSE.replace("completed", "entered-in-error"));

        assertThat(referral.forms()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }
}
