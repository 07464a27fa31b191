package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.SubmissionReader.Parsed.Understood;

/** Payloads to change one thing of, and the way that each of them takes through the mapper. */
final class Payloads {

    static final FhirContext FHIR = FhirContext.forR4Cached();
    static final PayloadCheck CHECK = new PayloadCheck(FHIR, PayloadLimits.defaults());
    static final PayloadForms FORMS = new PayloadForms(FHIR, PayloadLimits.defaults());
    static final SubmissionReader READER = new SubmissionReader(FHIR);
    static final ReferralMapper MAPPER = new ReferralMapper(ClinicalTables.shipped());
    static final ClinicalRules RULES = ClinicalRules.shipped();
    static final Instant RECEIVED_AT = Instant.parse("2026-11-22T08:00:00Z");

    private static final Path SAMPLES = Path.of("../deploy/samples");

    private Payloads() {}

    /** The least that is a ServiceRequest, with more members, such as {@code "priority":"stat"}. */
    static String aReferralWith(String members) {
        return """
                {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},%s}""".formatted(members);
    }

    static String aReferral() {
        return aReferralWith("\"id\":\"r\"");
    }

    static String aPatientWith(String members) {
        return "{\"resourceType\":\"Patient\",%s}".formatted(members);
    }

    /** A transaction of one referral and one other entry. */
    static String aTransactionWith(String entry) {
        return aBundle("transaction", aReferralEntry() + "," + entry);
    }

    static String aBundle(String type, String entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}".formatted(type, entries);
    }

    static String aReferralEntry() {
        return anEntry(aReferral(), "POST", "ServiceRequest");
    }

    static String anEntry(String resource, String method, String url) {
        return "{\"resource\":%s,\"request\":{\"method\":\"%s\",\"url\":\"%s\"}}".formatted(resource, method, url);
    }

    static CheckedPayload check(String body) {
        return CHECK.check(body.getBytes(UTF_8));
    }

    static List<Path> samples() {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Resource parsed(byte[] body) {
        if (READER.parse(body) instanceof Understood understood) {
            return understood.resource();
        }
        throw new AssertionError("The body cannot be read.");
    }

    /** What was sent, after the strict reading. */
    static Submission submission(byte[] body) {
        return submission(body, CHECK.check(body));
    }

    static Submission submission(byte[] body, CheckedPayload checked) {
        return READER.read(checked, parsed(body));
    }

    /** Each ServiceRequest of a submission, mapped and judged by the clinic's rules. */
    static List<Mapped> mapped(Submission submission) {
        var graph = ResourceGraph.of(submission.resources());
        return submission.serviceRequests().stream()
                .map(sent -> MAPPER.map(submission.dialect(), sent, graph, submission.issues(), RECEIVED_AT))
                .map(mapped ->
                        mapped instanceof Mapped.Complete complete ? RULES.conclude(complete, RECEIVED_AT) : mapped)
                .toList();
    }

    static List<Mapped> mapped(String body) {
        return mapped(submission(body.getBytes(UTF_8)));
    }

    /** The one referral of a payload that is taken. */
    static Referral referral(String body) {
        if (mapped(body).getFirst() instanceof Mapped.Complete complete) {
            return complete.referral();
        }
        throw new AssertionError("The referral was refused.");
    }
}
