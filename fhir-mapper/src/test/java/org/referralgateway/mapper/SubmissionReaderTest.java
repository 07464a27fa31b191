package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.referralgateway.mapper.IssueCode.BUNDLE_EMPTY;
import static org.referralgateway.mapper.IssueCode.BUNDLE_TYPE_NOT_SUPPORTED;
import static org.referralgateway.mapper.IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST;
import static org.referralgateway.mapper.IssueCode.CONDITION_NOT_SUPPORTED;
import static org.referralgateway.mapper.IssueCode.ENTRY_METHOD_NOT_SUPPORTED;
import static org.referralgateway.mapper.IssueCode.ENTRY_URL_MISMATCH;
import static org.referralgateway.mapper.IssueCode.ENTRY_WITHOUT_RESOURCE;
import static org.referralgateway.mapper.IssueCode.FULL_URL_REPEATED;
import static org.referralgateway.mapper.IssueCode.REFERRAL_REPEATED;
import static org.referralgateway.mapper.IssueCode.REQUIRED_MISSING;
import static org.referralgateway.mapper.Payloads.aBundle;
import static org.referralgateway.mapper.Payloads.aPatientWith;
import static org.referralgateway.mapper.Payloads.aReferral;
import static org.referralgateway.mapper.Payloads.aReferralEntry;
import static org.referralgateway.mapper.Payloads.aReferralWith;
import static org.referralgateway.mapper.Payloads.aTransactionWith;
import static org.referralgateway.mapper.Payloads.anEntry;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.SubmissionReader.Parsed.Broken;

class SubmissionReaderTest {

    private static final String A_PATIENT = aPatientWith("\"id\":\"p\"");

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}", BUNDLE_EMPTY, "Bundle.entry"),
                arguments(
                        aBundle("transaction", anEntry(A_PATIENT, "POST", "Patient")),
                        BUNDLE_WITHOUT_SERVICE_REQUEST,
                        "Bundle.entry"),
                arguments(
                        aBundle("collection", "{\"resource\":%s}".formatted(A_PATIENT)),
                        BUNDLE_WITHOUT_SERVICE_REQUEST,
                        "Bundle.entry"),
                arguments(
                        aTransactionWith("{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/p\"}}"),
                        ENTRY_METHOD_NOT_SUPPORTED,
                        "Bundle.entry[1].request.method"),
                arguments(
                        aTransactionWith("{\"request\":{\"method\":\"GET\",\"url\":\"Patient\"}}"),
                        ENTRY_METHOD_NOT_SUPPORTED,
                        "Bundle.entry[1].request.method"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "PATCH", "Patient/p")),
                        ENTRY_METHOD_NOT_SUPPORTED,
                        "Bundle.entry[1].request.method"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "DELETE", "Patient/p")),
                        ENTRY_METHOD_NOT_SUPPORTED,
                        "Bundle.entry[1].request.method"),
                arguments(
                        aTransactionWith("{\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}"),
                        ENTRY_WITHOUT_RESOURCE,
                        "Bundle.entry[1].resource"),
                arguments(
                        aTransactionWith("{\"fullUrl\":\"urn:uuid:1\"}"),
                        ENTRY_WITHOUT_RESOURCE,
                        "Bundle.entry[1].resource"),
                arguments(
                        aBundle(
                                "collection",
                                "{\"resource\":%s},{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/p\"}}"
                                        .formatted(aReferral())),
                        ENTRY_WITHOUT_RESOURCE,
                        "Bundle.entry[1].resource"),
                arguments(
                        aTransactionWith("{\"resource\":%s}".formatted(A_PATIENT)),
                        REQUIRED_MISSING,
                        "Bundle.entry[1].request"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "POST", "Patient/p")),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "POST", "Condition")),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "POST", "https://ehr.example/fhir/Patient")),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "PUT", "Patient/q")),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "PUT", "Patient?family=a")),
                        CONDITION_NOT_SUPPORTED,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(A_PATIENT, "PUT", "Condition?identifier=a|b")),
                        CONDITION_NOT_SUPPORTED,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith(anEntry(aPatientWith("\"active\":true"), "PUT", "Patient/p")),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith("{\"fullUrl\":\"https://ehr.example/fhir/Patient/p\","
                                + anEntry(aPatientWith("\"active\":true"), "PUT", "Patient/p")
                                        .substring(1)),
                        ENTRY_URL_MISMATCH,
                        "Bundle.entry[1].request.url"),
                arguments(
                        aTransactionWith("{\"fullUrl\":\"urn:uuid:1\","
                                + anEntry(A_PATIENT, "POST", "Patient").substring(1)
                                + ",{\"fullUrl\":\"urn:uuid:1\","
                                + anEntry(A_PATIENT, "POST", "Patient").substring(1)),
                        FULL_URL_REPEATED,
                        "Bundle.entry[2].fullUrl"),
                arguments(
                        aBundle(
                                "batch",
                                "%1$s,%1$s"
                                        .formatted(anEntry(
                                                aReferralWith(
                                                        "\"identifier\":[{\"system\":\"urn:s\",\"value\":\"7\"}]"),
                                                "POST",
                                                "ServiceRequest"))),
                        REFERRAL_REPEATED,
                        "Bundle.entry[1].resource.identifier"));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("refused")
    void refusesAnEntryThatIsNoCreateOrHarmlessUpdate(String body, IssueCode code, String expression) {
        assertThat(Payloads.check(body).isAcceptable()).isTrue();
        var submission = submission(body);

        assertThat(submission.isAcceptable()).isFalse();
        assertThat(submission.issues())
                .filteredOn(MappingIssue::isError)
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(code, expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"searchset", "history", "transaction-response", "batch-response"})
    void refusesTheTypesOfBundleThatItDoesNotUnderstand(String type) {
        var submission = submission(aBundle(type, "{\"resource\":%s}".formatted(aReferral())));

        assertThat(submission.resources()).isEmpty();
        assertThat(submission.issues())
                .filteredOn(MappingIssue::isError)
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(BUNDLE_TYPE_NOT_SUPPORTED, "Bundle.type"));
    }

    @ParameterizedTest
    @CsvSource({"transaction, transaction-bundle", "batch, batch-bundle"})
    void takesTransactionsAndBatches(String type, String dialect) {
        var submission = submission(aBundle(type, aReferralEntry() + "," + anEntry(A_PATIENT, "PUT", "/Patient/p")));

        assertThat(submission.issues()).isEmpty();
        assertThat(submission.dialect().wireName()).isEqualTo(dialect);
        assertThat(submission.resources())
                .extracting(SentResource::path, SentResource::type, SentResource::write)
                .containsExactly(
                        tuple("Bundle.entry[0].resource", "ServiceRequest", new Write.Create()),
                        tuple("Bundle.entry[1].resource", "Patient", new Write.Put("p")));
    }

    @Test
    void takesACollectionWithoutRequests() {
        var submission = submission(
                aBundle("collection", "{\"resource\":%s},{\"resource\":%s}".formatted(aReferral(), A_PATIENT)));

        assertThat(submission.issues()).isEmpty();
        assertThat(submission.dialect()).isInstanceOf(CollectionBundle.class);
        assertThat(submission.resources()).extracting(SentResource::write).containsOnly(new Write.Create());
    }

    @Test
    void takesABareServiceRequestAndASupportingResource() {
        var bare = submission(aReferral());
        var supporting = submission(A_PATIENT);

        assertThat(bare.dialect()).isInstanceOf(BareServiceRequest.class);
        assertThat(bare.serviceRequests()).extracting(SentResource::path).containsExactly("ServiceRequest");
        assertThat(supporting.dialect()).isInstanceOf(SupportingResource.class);
        assertThat(supporting.resources()).extracting(SentResource::path).containsExactly("Patient");
        assertThat(supporting.serviceRequests()).isEmpty();
    }

    @Test
    void theSenderMayPutAResourceUnderAnIdWhateverItsFullUrlIs() {
        var entry = "{\"fullUrl\":\"urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210\","
                + anEntry(A_PATIENT, "PUT", "Patient/p").substring(1);

        var submission = submission(aTransactionWith(entry));

        assertThat(submission.issues()).isEmpty();
        assertThat(submission.resources().get(1).write()).isEqualTo(new Write.Put("p"));
    }

    @Test
    void twoReferralsWithDifferentNumbersMayShareABundle() {
        var submission = submission(aBundle("batch", referralWithNumber(1) + "," + referralWithNumber(2)));

        assertThat(submission.issues()).isEmpty();
        assertThat(submission.serviceRequests()).hasSize(2);
    }

    private static String referralWithNumber(int number) {
        return anEntry(
                aReferralWith("\"identifier\":[{\"system\":\"urn:s\",\"value\":\"%d\"}]".formatted(number)),
                "POST",
                "ServiceRequest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "identifier=https://ehr.example/mrn|7 https://ehr.example/mrn 7",
                "Patient?identifier=urn:s|a urn:s a",
                "?identifier=urn:s|a urn:s a",
                "identifier=https%3A%2F%2Fehr.example%2Fmrn%7C7 https://ehr.example/mrn 7",
                "identifier=urn:s|a%20b%2Fc|d urn:s 'a b/c|d'"
            })
    void understandsAnIdentifierAsTheConditionOfACreate(String condition, String system, String value) {
        var submission = submission(conditional(condition));

        assertThat(submission.issues()).isEmpty();
        assertThat(submission.resources().get(1).write())
                .isEqualTo(new Write.CreateUnlessKnown(new BusinessIdentifier(system, value, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identifier=7",
                "identifier=|7",
                "identifier=urn:s|",
                "identifier=urn:s|%20",
                "identifier=urn:s|7&active=true",
                "identifier:exact=urn:s|7",
                "identifier=urn:s|%ZZ",
                "name=x",
                "active=true&identifier=urn:s|7",
            })
    void refusesEveryOtherCondition(String condition) {
        assertThat(submission(conditional(condition)).issues())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(CONDITION_NOT_SUPPORTED, "Bundle.entry[1].request.ifNoneExist"));
    }

    private static String conditional(String condition) {
        return aTransactionWith(
                "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"%s\"}}"
                        .formatted(A_PATIENT, condition));
    }

    @Test
    void whatTheCheckFoundTravelsOn() {
        var submission = submission(aTransactionWith(anEntry(aPatientWith("\"gender\":\"X\""), "POST", "Patient")));

        assertThat(submission.isAcceptable()).isTrue();
        assertThat(submission.issues())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(IssueCode.FAULT_IN_SUPPORTING_RESOURCE, "Bundle.entry[1].resource.gender"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"resourceType\":\"Nothing\"}", "{\"resourceType\":[]}"})
    void whatCannotBeReadIsAnIssueNotAnException(String body) {
        assertThat(Payloads.READER.parse(body.getBytes(UTF_8))).isInstanceOf(Broken.class);
    }

    private static Submission submission(String body) {
        return Payloads.submission(body.getBytes(UTF_8));
    }
}
