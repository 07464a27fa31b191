package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Resource;

/** Makes objects of a payload that {@link PayloadCheck} let through, and sorts out what the sender wants done with them. */
public final class SubmissionReader {

    private final FhirContext fhir;

    public SubmissionReader(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Parses with HAPI. Faults that the check let travel (in supporting resources) lose only the element they are in.
     *
     * @return the resource, or an empty list's worth of it: an error issue where even a lenient parser gives up
     */
    public Parsed parse(byte[] body) {
        IParser parser = fhir.newJsonParser();
        // Strictness is PayloadCheck's; it has already said everything, with FHIRPaths, and HAPI would stop at the
        // first.
        var values = new WrongValues();
        parser.setParserErrorHandler(values);
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false); // an id stays what was sent
        try {
            var json = text(body);
            var resource = (Resource) parser.parseResource(json);
            values.removeFrom(fhir, resource);
            AbsentValues.removeFrom(fhir, resource, json);
            return new Parsed.Understood(resource);
        } catch (DataFormatException | IllegalArgumentException | ClassCastException e) {
            return new Parsed.Broken(
                    MappingIssue.error(IssueCode.JSON_SYNTAX, "", "The body cannot be read as a FHIR R4 resource."));
        }
    }

    /** HAPI does not know a byte order mark. */
    private static String text(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What came of parsing. */
    public sealed interface Parsed {
        record Understood(Resource resource) implements Parsed {}

        record Broken(MappingIssue issue) implements Parsed {}
    }

    /**
     * What the sender wants, in the first dialect that recognises the payload.
     *
     * @param resource of this payload, as {@link #parse} gave it
     */
    public Submission read(CheckedPayload payload, Resource resource) {
        var sent = new Sent(payload, resource);
        return Dialects.ALL.stream()
                .filter(dialect -> dialect.recognises(sent))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The last dialect takes everything."))
                .read(sent);
    }

    /**
     * The same for a resource that is to be stored under an id or a condition of the sender's (PUT).
     *
     * @param write {@link SentResource.Write.Put} or {@link SentResource.Write.PutWhere}
     */
    public Submission readPut(CheckedPayload payload, Resource resource, SentResource.Write write) {
        var submission = read(payload, resource);
        var resources =
                submission.resources().stream().map(sent -> sent.with(write)).toList();
        return Submission.of(submission.dialect(), resources, submission.issues());
    }
}
