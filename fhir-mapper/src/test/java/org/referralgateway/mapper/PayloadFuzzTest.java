package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.mapper.SubmissionReader.Parsed.Understood;

/** A body is refused with words of ours, or is read; and what is read is planned, mapped and judged without a fault. */
class PayloadFuzzTest {

    /** A word that is long enough, and looks neither like one of ours nor like an element's name, which may be shown. */
    private static final String MARK = "zq7fuzzmark7qz";

    /** Samples, and bodies of other versions, in XML, and of other kinds. */
    static Stream<byte[]> requests() {
        var json = "application/fhir+json\n";
        var others = Stream.of(
                json + Payloads.aReferral(),
                json + Payloads.aReferral().replace("ServiceRequest", "ReferralRequest"),
                json + Payloads.aReferralWith("\"reason\":[{\"concept\":{\"text\":\"" + MARK + "\"}}]"),
                json + Payloads.aReferralWith("\"" + MARK + "\":\"" + MARK + "\""),
                json + Payloads.aReferralWith("\"occurrenceDateTime\":\"" + MARK + "\""),
                "application/fhir+json; fhirVersion=3.0\n" + Payloads.aReferral(),
                "application/fhir+json; fhirVersion=5.0\n" + Payloads.aReferral(),
                "application/fhir+xml\n<ServiceRequest xmlns=\"http://hl7.org/fhir\"><status value=\"active\"/><intent value=\"order\"/>"
                        + "<subject><reference value=\"Patient/1\"/></subject></ServiceRequest>",
                "application/fhir+xml\n<!DOCTYPE x [<!ENTITY a \"" + MARK
                        + "\">]><Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"&a;\"/></Bundle>",
                "text/xml\n<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"transaction\"/></Bundle>");
        return Stream.concat(
                others.map(text -> text.getBytes(UTF_8)),
                bodies().map(body -> (json + new String(body, UTF_8)).getBytes(UTF_8)));
    }

    /** Samples, and Bundles that are odd in their plan. */
    static Stream<byte[]> bodies() {
        var odd = Stream.of(
                Payloads.aTransactionWith(Payloads.anEntry(Payloads.aReferral(), "PUT", "ServiceRequest/r")),
                Payloads.aTransactionWith("{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1\"}}"),
                Payloads.aBundle(
                        "batch", Payloads.anEntry(Payloads.aBundle("batch", Payloads.aReferralEntry()), "POST", "")),
                Payloads.aBundle("collection", Payloads.aReferralEntry() + "," + Payloads.aReferralEntry()),
                Payloads.aBundle(
                        "message", "{\"resource\":{\"resourceType\":\"MessageHeader\"}}," + Payloads.aReferralEntry()),
                Payloads.aBundle(
                        "document", "{\"resource\":{\"resourceType\":\"Composition\"}}," + Payloads.aReferralEntry()),
                Payloads.aReferralWith(
                        "\"basedOn\":[{\"reference\":\"#\"}],\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]"));
        return Stream.concat(
                odd.map(text -> text.getBytes(UTF_8)),
                Payloads.samples().stream().map(Payloads::bytes));
    }

    /** The request parser: JSON and XML in four versions, as bytes and content type come. */
    @MethodSource("requests")
    @FuzzTest
    void isReadOrRefused(byte[] request) {
        int end = indexOf(request, (byte) '\n');
        var type = end < 0 ? "application/fhir+json" : new String(request, 0, end, ISO_8859_1);
        var body = end < 0 ? request : Arrays.copyOfRange(request, end + 1, request.length);
        switch (Payloads.FORMS.read(body, type)) {
            case PayloadForm.AsSent asSent -> judged(asSent.checked().problems());
            case PayloadForm.Converted converted -> {
                judged(converted.checked().problems());
                understood(converted.json(), converted.checked());
            }
            case PayloadForm.Refused refused -> {
                judged(refused.issues());
                assertThat(refused.issues()).isNotEmpty();
            }
        }
    }

    private static int indexOf(byte[] bytes, byte one) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == one) {
                return i;
            }
        }
        return -1;
    }

    private static void judged(List<MappingIssue> issues) {
        assertThat(issues).hasSizeLessThan(1_000);
        issues.forEach(issue ->
                assertThat(issue.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain(MARK));
    }

    /** The Bundle planner: what belongs to what, what each entry is for, and what is made of it. */
    @MethodSource("bodies")
    @FuzzTest
    void isPlannedAndMapped(byte[] json) {
        var checked = Payloads.CHECK.check(json);
        judged(checked.problems());
        understood(json, checked);
    }

    private static void understood(byte[] json, CheckedPayload checked) {
        if (!checked.isAcceptable() || !(Payloads.READER.parse(json) instanceof Understood understood)) {
            return;
        }
        assertThat(ContentHash.of(json)).hasSize(64);
        var submission = Payloads.READER.read(checked, understood.resource());
        judged(submission.issues());
        if (!submission.isAcceptable()) {
            return;
        }
        var graph = ResourceGraph.of(submission.resources());
        graph.unresolved();
        submission.requests().forEach(request -> {
            Target.of(request, graph);
            Purpose.of(request);
        });
        Payloads.mapped(submission).forEach(mapped -> {
            switch (mapped) {
                case Mapped.Complete complete -> judged(complete.referral().issues());
                case Mapped.Refused refused -> judged(refused.issues());
            }
        });
    }
}
