package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/** Which shape is taken for which dialect, and what its sender is understood to want. */
class DialectsTest {

    private static final String REQUEST =
            "{'resourceType':'ServiceRequest','id':'s','status':'%s','intent':'order','subject':{'reference':'Patient/p'}}";

    private static final String PATIENT = "{'resourceType':'Patient','id':'p','name':[{'family':'Nutt'}]}";

    private static Submission read(String body) {
        return Payloads.submission(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String message(String system, String event, String focus, String... resources) {
        var entries = new StringBuilder("{'resource':{'resourceType':'MessageHeader','eventCoding':{'system':'" + system
                + "','code':'" + event + "'},'source':{'endpoint':'urn:x'},'focus':[{'reference':'" + focus + "'}]}}");
        for (var resource : resources) {
            entries.append(",{'resource':").append(resource).append('}');
        }
        return "{'resourceType':'Bundle','id':'b-1','type':'message','entry':[" + entries + "]}";
    }

    private static String task(String more) {
        return "{'resourceType':'Task','id':'t','status':'requested','intent':'order'," + more + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "https://fhir.nhs.uk/CodeSystem/message-events-bars, servicerequest-request, bars-message",
        "https://fhir.nhs.uk/CodeSystem/message-events-bars, booking-request, bars-message",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, v2-referral-message",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I14, v2-referral-message",
        "https://ehealthontario.ca/fhir/CodeSystem/message-event-code, revoke-service-request, ca-erec-message",
        "urn:cow, order-update, cow-message",
        "urn:cl, referenciar, cl-waiting-list-message",
        "http://listaespera.org/fhir/message-events, Iniciar, cl-waiting-list-message",
        "http://minsal.cl/listaespera/CodeSystem/CSTipoEventoLE, referenciada, cl-waiting-list-message",
        "http://kl.dk/fhir/CodeSystem/events, ffb-service-request, dk-municipal-message",
        "http://terminology.hl7.org/CodeSystem/v2-0003, O21, other-message"
    })
    void aMessageGoesByItsEvent(String system, String event, String dialect) {
        assertThat(read(message(system, event, "ServiceRequest/s", REQUEST.formatted("active")))
                        .dialect()
                        .wireName())
                .isEqualTo(dialect);
    }

    @Test
    void aReferralMessageOnATaskIsBser() {
        var submission = read(message(
                "http://terminology.hl7.org/CodeSystem/v2-0003",
                "I12",
                "Task/t",
                task("'focus':{'reference':'ServiceRequest/s'}"),
                REQUEST.formatted("active")));

        assertThat(submission.dialect().wireName()).isEqualTo("bser-message");
        assertThat(submission.requests())
                .extracting(SentResource::type, SentResource::write)
                .containsExactly(tuple("ServiceRequest", new Write.Create()));
    }

    @Test
    void bserAsksToCancelByBusinessStatus() {
        var submission = read(message(
                "http://terminology.hl7.org/CodeSystem/v2-0003",
                "I12",
                "Task/t",
                task("'focus':{'reference':'ServiceRequest/s'},'businessStatus':{'coding':[{'code':'5.2'}]}"),
                REQUEST.formatted("active")));

        assertThat(submission.requests())
                .extracting(SentResource::write)
                .containsExactly(new Write.Withdraw(Withdrawal.REVOKED));
    }

    @ParameterizedTest
    @CsvSource({
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, accepted",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, completed",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, rejected",
        "urn:cow, new-order, in-progress"
    })
    void aTaskThatComesBackIsNoNewReferral(String system, String event, String status) {
        var submission = read(message(
                system,
                event,
                "Task/t",
                task("'focus':{'reference':'ServiceRequest/s'}").replace("'requested'", "'" + status + "'"),
                REQUEST.formatted("active")));

        assertThat(submission.requests()).isEmpty();
        assertThat(submission.issues()).extracting(MappingIssue::code).containsExactly(IssueCode.NOT_A_REQUEST);
    }

    @Test
    void onlyTheFocusOfAMessageAsksForSomething() {
        var submission = read(message(
                "urn:cow",
                "new-order",
                "ServiceRequest/s",
                REQUEST.formatted("active").replace("'s'", "'other'"),
                REQUEST.formatted("active")));

        assertThat(submission.requests()).extracting(SentResource::path).containsExactly("Bundle.entry[2].resource");
        assertThat(submission.resources()).hasSize(3);
    }

    @Test
    void severalRequestsOfWhichTheHeaderNamesNoneAreRefused() {
        var submission = read(message(
                "urn:cow",
                "new-order",
                "ServiceRequest/absent",
                REQUEST.formatted("active").replace("'s'", "'other'"),
                REQUEST.formatted("active")));

        assertThat(submission.issues()).extracting(MappingIssue::code).contains(IssueCode.FOCUS_UNRESOLVED);
    }

    @Test
    void chileBeginsWithADraftAndGoesOnWithIt() {
        var begun = message("urn:cl", "iniciar", "ServiceRequest/s", REQUEST.formatted("draft"), PATIENT);
        var sentOn = message("urn:cl", "referenciar", "ServiceRequest/s", REQUEST.formatted("active"), PATIENT);

        assertThat(Payloads.referral(begun.replace('\'', '"')).issues())
                .extracting(MappingIssue::code)
                .contains(IssueCode.STATUS_UNUSUAL);
        assertThat(Purpose.of(read(begun).requests().getFirst())).isEqualTo(new Purpose.New());
        assertThat(Purpose.of(read(sentOn).requests().getFirst())).isEqualTo(new Purpose.Amendment(true));
    }

    @Test
    void elsewhereADraftIsNoRequest() {
        var draft = message("urn:cow", "new-order", "ServiceRequest/s", REQUEST.formatted("draft"), PATIENT);

        assertThat(Payloads.mapped(draft.replace('\'', '"')).getFirst())
                .isInstanceOfSatisfying(
                        Mapped.Refused.class,
                        refused -> assertThat(refused.issues())
                                .extracting(MappingIssue::code)
                                .contains(IssueCode.STATUS_NOT_ACTIONABLE));
    }

    @Test
    void aMessageIsKnownByItsBundle() {
        var message = read(message("urn:cow", "new-order", "ServiceRequest/s", REQUEST.formatted("active")))
                .message();

        assertThat(message).isNotNull();
        assertThat(message.identity()).isEqualTo("b-1");
        assertThat(message.replyTo()).isEqualTo("urn:x");
    }

    @Test
    void aBundleInsideAMessageIsTakenApartOnce() {
        var inner =
                "{'resourceType':'Bundle','id':'doc','type':'document','entry':[{'resource':{'resourceType':'Observation',"
                        + "'status':'final','code':{'text':'x'}}},{'resource':{'resourceType':'Bundle','type':'collection','entry':"
                        + "[{'resource':{'resourceType':'Basic','code':{'text':'x'}}}]}}]}";
        var submission = read(message("urn:cow", "new-order", "ServiceRequest/s", REQUEST.formatted("active"), inner));

        assertThat(submission.resources())
                .extracting(SentResource::path, SentResource::type, SentResource::write)
                .contains(
                        tuple("Bundle.entry[2].resource", "Bundle", new Write.Create()),
                        tuple("Bundle.entry[2].resource.entry[0].resource", "Observation", new Write.Within()))
                .noneMatch(row -> row.toList().get(1).equals("Basic"));
    }

    @Test
    void aDocumentNeedsItsCompositionFirstAndOneRequest() {
        var composition =
                "{'resource':{'resourceType':'Composition','status':'final','type':{'text':'x'},'date':'2026-01-01',"
                        + "'author':[{'display':'x'}],'title':'x'}}";
        var request = "{'resource':" + REQUEST.formatted("active") + "}";
        var document = "{'resourceType':'Bundle','type':'document','entry':[%s]}";

        assertThat(read(document.formatted(composition + "," + request)).requests())
                .hasSize(1);
        assertThat(read(document.formatted(request + "," + composition)).issues())
                .extracting(MappingIssue::code)
                .contains(IssueCode.REQUIRED_MISSING);
        assertThat(read(document.formatted(composition)).issues())
                .extracting(MappingIssue::code)
                .contains(IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST);
        assertThat(read(document.formatted(composition + "," + request + "," + request.replace("'s'", "'z'")))
                        .issues())
                .extracting(MappingIssue::code)
                .contains(IssueCode.SEVERAL_SERVICE_REQUESTS);
    }

    @Test
    void aTaskAloneAsksToFetchOrCallsOff() {
        assertThat(read(task("'focus':{'reference':'https://ehr.example/ServiceRequest/1'}"))
                        .requests())
                .extracting(SentResource::write)
                .containsExactly(new Write.Fetch("https://ehr.example/ServiceRequest/1"));
        assertThat(read(task("'basedOn':[{'reference':'ServiceRequest/1'}]")).requests())
                .extracting(SentResource::write)
                .containsExactly(new Write.Fetch("ServiceRequest/1"));
        assertThat(read(task("'focus':{'reference':'ServiceRequest/1'},'code':{'coding':[{'code':'abort'}]}"))
                        .requests())
                .extracting(SentResource::write)
                .containsExactly(new Write.Withdraw(Withdrawal.REVOKED));
        assertThat(read(task("'focus':{'reference':'ServiceRequest/1'}").replace("'requested'", "'accepted'"))
                        .issues())
                .extracting(MappingIssue::code)
                .contains(IssueCode.NOT_A_REQUEST);
        assertThat(read(task("'description':'x'")).issues())
                .extracting(MappingIssue::expression)
                .contains("Task.focus");
    }

    @Test
    void aTaskMayNameItsRequestByNumber() {
        var submission = read(task("'focus':{'identifier':{'system':'urn:orders','value':'99'}}"));

        assertThat(submission.requests()).extracting(SentResource::write).containsExactly(new Write.Fetch(null));
        assertThat(Target.of(submission.requests().getFirst(), ResourceGraph.of(submission.resources()))
                        .numbers())
                .extracting(BusinessIdentifier::value)
                .containsExactly("99");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'basedOn':[{'reference':'CarePlan/1'}]; Task.focus",
                "'focus':{'reference':'CommunicationRequest/1'}; Task.focus",
                "'focus':{'reference':'ServiceRequest/1'},'owner':{'reference':'Patient/1'}; Task.owner",
            })
    void aTaskThatAsksTheClinicForNothingIsRefused(String members, String place) {
        assertThat(read(task(members)).issues())
                .extracting(MappingIssue::expression)
                .containsExactly(place);
    }

    @Test
    void aCancelledTaskThatNamesNoReferralCallsNothingOff() {
        var cancelled = task("'basedOn':[{'reference':'CarePlan/1'}]").replace("'requested'", "'cancelled'");

        assertThat(read(cancelled).issues())
                .extracting(MappingIssue::expression)
                .containsExactly("Task.focus");
    }

    @Test
    void aPutIsAnAmendmentUnlessItsStatusCallsItOff() {
        var put =
                "{'resourceType':'Bundle','type':'transaction','entry':[{'resource':%s,'request':{'method':'PUT','url':'ServiceRequest/s'}}]}";

        assertThat(Purpose.of(read(put.formatted(REQUEST.formatted("active")))
                        .requests()
                        .getFirst()))
                .isEqualTo(new Purpose.Amendment(true));
        assertThat(Purpose.of(read(put.formatted(REQUEST.formatted("revoked")))
                        .requests()
                        .getFirst()))
                .isEqualTo(new Purpose.Withdrawn(Withdrawal.REVOKED));
        assertThat(Purpose.of(read(put.formatted(REQUEST.formatted("entered-in-error")))
                        .requests()
                        .getFirst()))
                .isEqualTo(new Purpose.Withdrawn(Withdrawal.ENTERED_IN_ERROR));
    }

    @Test
    void everyRowHasANameOfItsOwnAndAPlaceInTheReadme() throws IOException {
        assertThat(Dialects.names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(Files.readString(Path.of("README.md")))
                .contains(
                        Dialects.names().stream().map(name -> "`" + name + "`").toList());
    }

    /** Its guide has one event only. */
    @Test
    void aDanishRequestIsEndedByItsStatus() {
        var submission = read(
                message("urn:kl", "ffb-service-request", "ServiceRequest/s", REQUEST.formatted("revoked"), PATIENT));

        assertThat(submission.requests())
                .extracting(Purpose::of)
                .containsExactly(new Purpose.Withdrawn(Withdrawal.REVOKED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffb-service-request", "iniciar", "new-order", "add-service-request", "I12"})
    void whatAnswersAMessageIsNeverAReferral(String event) {
        var answer = message("urn:x", event, "ServiceRequest/s", REQUEST.formatted("active"), PATIENT)
                .replace("'source':", "'response':{'identifier':'m-1','code':'ok'},'source':");

        assertThat(read(answer).issues()).extracting(MappingIssue::code).contains(IssueCode.NOT_A_REQUEST);
    }
}
