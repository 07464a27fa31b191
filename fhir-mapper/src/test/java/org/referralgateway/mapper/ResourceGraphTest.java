package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceGraphTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                // fullUrl of the Patient, reference to it
                "urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210 urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210",
                "urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210 Patient/p",
                "urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210 Patient/p/_history/3",
                "https://ehr.example/fhir/Patient/p Patient/p",
                "https://ehr.example/fhir/Patient/p https://ehr.example/fhir/Patient/p",
                "https://ehr.example/fhir/Patient/p https://ehr.example/fhir/Patient/p/_history/2",
                "urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210 https://ehr.example/fhir/Patient/p",
                "- Patient/p",
                "- https://ehr.example/fhir/Patient/p",
            })
    void findsAPatientByEveryReferenceThatRealBundlesUse(String fullUrl, String reference) {
        assertThat(resolved(fullUrl, reference)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://ehr.example/fhir/Patient/p https://other.example/fhir/Patient/p",
                "https://ehr.example/fhir/Patient/p https://ehr.example/Patient/p",
                "https://ehr.example/fhir/Patient/p Patient/q",
                "https://ehr.example/fhir/Patient/p urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210",
                "https://ehr.example/fhir/Patient/p #p",
            })
    void takesNobodyForSomebodyElse(String fullUrl, String reference) {
        assertThat(resolved(fullUrl, reference)).isEmpty();
    }

    @Test
    void aRelativeReferenceMeansTheResourceOfTheSameServer() {
        var condition = """
                {"fullUrl":"https://b.example/fhir/Condition/c","resource":{"resourceType":"Condition","id":"c",
                "subject":{"reference":"Patient/p"}}}""";
        var patient =
                "{\"fullUrl\":\"https://%s.example/fhir/Patient/p\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}}";
        var graph = graph(condition + "," + patient.formatted("a") + "," + patient.formatted("b"));
        var from = (Condition) graph.all(Condition.class).getFirst().resource();

        assertThat(graph.resolve(from, from.getSubject()))
                .map(ResourceGraph.Node::path)
                .contains("Bundle.entry[2].resource");
    }

    @Test
    void containedResourcesPointToEachOther() {
        var submission = Payloads.submission("""
                {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"#p"},
                "contained":[{"resourceType":"Patient","id":"p"},
                {"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order",
                "subject":{"reference":"#p"},"medicationReference":{"reference":"#drug"}},
                {"resourceType":"Medication","id":"drug"}]}""".getBytes(UTF_8));
        var graph = ResourceGraph.of(submission.resources());
        var request = (MedicationRequest)
                graph.all(MedicationRequest.class).getFirst().resource();

        assertThat(graph.resolve(request, (Reference) request.getMedication()))
                .map(ResourceGraph.Node::path)
                .contains("ServiceRequest.contained[2]");
        assertThat(graph.resolve(request, request.getSubject()))
                .map(ResourceGraph.Node::path)
                .contains("ServiceRequest.contained[0]");
    }

    @Test
    void aContainedResourceWithoutAnIdIsNobodysTarget() {
        var submission = Payloads.submission("""
                {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"#p"},
                "contained":[{"resourceType":"Organization","name":"x"},{"resourceType":"Patient","id":"p"}]}""".getBytes(UTF_8));
        var graph = ResourceGraph.of(submission.resources());
        var request = submission.serviceRequests().getFirst().resource();

        assertThat(graph.resolve(request, new Reference("#p"))).isPresent();
        assertThat(graph.resolve(request, new Reference("#q"))).isEmpty();
    }

    @Test
    void namesTheRelativeReferencesThatNothingAnswers() {
        var graph = graph("""
                {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},
                "recorder":{"reference":"Practitioner/gone/_history/2"},"asserter":{"reference":"https://x.example/Practitioner/1"},
                "encounter":{"reference":"urn:uuid:dccec130-bc8e-5e74-9a6b-baaf26283210"}}},
                {"resource":{"resourceType":"Patient","id":"p","generalPractitioner":[{"reference":"Practitioner/gp"}]}}""");

        assertThat(graph.unresolved()).containsExactlyInAnyOrder("Practitioner/gone", "Practitioner/gp");
    }

    @Test
    void whatWasSentBeforeAnswersWhatThisPayloadDoesNot() {
        var graph = graph("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}}");
        var earlier = new MedicationRequest();
        earlier.addContained(new Medication().setId("#drug"));
        earlier.setMedication(new Reference("#drug"));
        graph.withEarlier(Map.of("MedicationRequest/m", earlier, "Patient/p", new Patient()));
        var anyone = graph.all(Patient.class).getFirst().resource();

        assertThat(graph.all(Patient.class)).hasSize(1);
        assertThat(graph.resolve(anyone, new Reference("MedicationRequest/m")))
                .map(ResourceGraph.Node::key)
                .contains("MedicationRequest/m");
        assertThat(graph.resolve(earlier, new Reference("#drug")))
                .map(ResourceGraph.Node::path)
                .contains("MedicationRequest/m.contained[0]");
    }

    private static Optional<Resource> resolved(@org.jspecify.annotations.Nullable String fullUrl, String reference) {
        var condition = "{\"resource\":{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"%s\"}}}"
                .formatted(reference);
        var patient = "{%s\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}}"
                .formatted(fullUrl == null ? "" : "\"fullUrl\":\"%s\",".formatted(fullUrl));
        var graph = graph(condition + "," + patient);
        var from = (Condition) graph.all(Condition.class).getFirst().resource();
        return graph.resolve(from, from.getSubject()).map(ResourceGraph.Node::resource);
    }

    private static ResourceGraph graph(String entries) {
        List<SentResource> resources = Payloads.submission(
                        Payloads.aBundle("collection", entries).getBytes(UTF_8))
                .resources();
        return ResourceGraph.of(resources);
    }
}
