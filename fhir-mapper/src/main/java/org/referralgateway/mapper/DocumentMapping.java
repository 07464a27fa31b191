package org.referralgateway.mapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Media;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Document;
import org.referralgateway.mapper.Referral.How;

/**
 * Letters, reports and pictures: what they are and what they say, where that is text. What lies elsewhere stays an address;
 * it is never fetched.
 */
final class DocumentMapping {

    private static final Set<String> WITHDRAWN = Set.of("entered-in-error", "cancelled");
    private static final int LONGEST_INLINE_TEXT = 100_000;

    private final Belongings belongings;
    private final Parties parties;
    private final Trace trace;
    private final List<Document> documents = new ArrayList<>();
    private final List<Resource> pointedTo = new ArrayList<>();

    DocumentMapping(Belongings belongings, Parties parties, Trace trace) {
        this.belongings = belongings;
        this.parties = parties;
        this.trace = trace;
    }

    List<Document> documents(ServiceRequest request, String path) {
        belongings.all(DocumentReference.class).forEach(this::reference);
        belongings.all(DiagnosticReport.class).forEach(this::report);
        belongings.all(Media.class).forEach(this::media);
        belongings.all(Composition.class).forEach(this::composition);
        belongings.all(Binary.class).forEach(this::binary);
        mentioned(request, path);
        return documents;
    }

    private @Nullable Row row(Found<?> found, @Nullable String status) {
        if (status != null && WITHDRAWN.contains(status)) {
            trace.leftOut(found.path(), "Its status is " + status + ".");
            return null;
        }
        return trace.row("documents[" + documents.size() + "]", found.path());
    }

    /** What is attached or lies elsewhere. */
    private record Enclosed(
            @Nullable String title,
            @Nullable String contentType,
            @Nullable String url,
            @Nullable Long size,
            @Nullable String text) {

        static final Enclosed NOTHING = new Enclosed(null, null, null, null, null);
    }

    private void reference(Found<DocumentReference> found) {
        var reference = found.resource();
        int contents = Math.max(1, reference.getContent().size());
        for (int i = 0; i < contents; i++) {
            var row = row(found, Concepts.code(reference.getStatusElement()));
            if (row == null) {
                return;
            }
            var enclosed = i < reference.getContent().size()
                    ? enclosed(
                            reference,
                            reference.getContent().get(i).getAttachment(),
                            "content[" + i + "].attachment",
                            row)
                    : Enclosed.NOTHING;
            var description = row.copied("title", "description", reference.getDescription());
            var kind = row.copied("kind", "type", Concepts.of(reference.getType()));
            add(
                    Concepts.isEmpty(kind) ? category(reference, row) : kind,
                    enclosed.title() == null ? description : enclosed.title(),
                    enclosed,
                    row.copied("date", "date", Periods.date(reference.getDateElement())),
                    authors(reference, "author", reference.getAuthor(), row),
                    row.copied("status", "status", Concepts.code(reference.getStatusElement())));
        }
    }

    private static Concept category(DocumentReference reference, Row row) {
        return row.copied("kind", "category[0]", Concepts.of(reference.getCategoryFirstRep()));
    }

    private void report(Found<DiagnosticReport> found) {
        var report = found.resource();
        var row = row(found, Concepts.code(report.getStatusElement()));
        if (row == null) {
            return;
        }
        var form = report.hasPresentedForm()
                ? enclosed(report, report.getPresentedFormFirstRep(), "presentedForm[0]", row)
                : Enclosed.NOTHING;
        var effective = row.copied("date", "effective", Periods.start(report.getEffective()));
        var issued = effective == null ? row.copied("date", "issued", Periods.date(report.getIssuedElement())) : null;
        var conclusion = row.copied("text", "conclusion", report.getConclusion());
        var codes = row.labels("text", "conclusionCode", report.getConclusionCode());
        var text = conclusion == null ? codes : codes == null ? conclusion : conclusion + "\n" + codes;
        add(
                row.copied("kind", "code", Concepts.of(report.getCode())),
                form.title(),
                text == null ? form : new Enclosed(form.title(), form.contentType(), form.url(), form.size(), text),
                effective == null ? issued : effective,
                authors(report, "performer", report.getPerformer(), row),
                row.copied("status", "status", Concepts.code(report.getStatusElement())));
    }

    private void media(Found<Media> found) {
        var media = found.resource();
        var row = row(found, Concepts.code(media.getStatusElement()));
        if (row == null) {
            return;
        }
        var enclosed = enclosed(media, media.getContent(), "content", row);
        var note = row.notes("text", media.getNote());
        add(
                row.copied("kind", "type", Concepts.of(media.getType())),
                enclosed.title(),
                new Enclosed(enclosed.title(), enclosed.contentType(), enclosed.url(), enclosed.size(), note),
                row.copied("date", "created", Periods.start(media.getCreated())),
                null,
                row.copied("status", "status", Concepts.code(media.getStatusElement())));
    }

    private void composition(Found<Composition> found) {
        var composition = found.resource();
        var row = row(found, Concepts.code(composition.getStatusElement()));
        if (row == null) {
            return;
        }
        add(
                row.copied("kind", "type", Concepts.of(composition.getType())),
                row.copied("title", "title", composition.getTitle()),
                new Enclosed(null, null, null, null, sections(found, row)),
                row.copied("date", "date", Periods.date(composition.getDateElement())),
                authors(composition, "author", composition.getAuthor(), row),
                row.copied("status", "status", Concepts.code(composition.getStatusElement())));
    }

    private static @Nullable String sections(Found<Composition> found, Row row) {
        var texts = new ArrayList<String>();
        Sections.each(found, (section, here) -> {
            var text = Sections.text(section);
            var empty = Values.nonBlank(Concepts.of(section.getEmptyReason()).label());
            var said = text == null ? empty : text;
            if (said == null) {
                row.trace().looked(here);
            } else {
                row.trace().computed(row.field() + ".text", here);
                texts.add(section.hasTitle() ? section.getTitle() + "\n" + said : said);
            }
        });
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    /** A file that no document points to. */
    private void binary(Found<Binary> found) {
        var binary = found.resource();
        if (pointedTo.contains(binary)) {
            return;
        }
        var row = trace.row("documents[" + documents.size() + "]", found.path());
        var data = binary.getData();
        if (data != null) {
            row.say("size", "data", How.COMPUTED);
        }
        add(
                Concepts.NOTHING,
                null,
                new Enclosed(
                        null,
                        row.copied("contentType", "contentType", binary.getContentType()),
                        null,
                        data == null ? null : (long) data.length,
                        null),
                null,
                null,
                null);
    }

    private Enclosed enclosed(Resource from, Attachment attachment, String element, Row row) {
        var data = attachment.hasData() ? attachment.getData() : null;
        var type = row.copied("contentType", element + ".contentType", attachment.getContentType());
        var url = row.copied("url", element + ".url", attachment.getUrl());
        if (url != null) {
            belongings.resolve(from, new Reference(url), Binary.class).ifPresent(file -> inside(file, row));
        }
        Long size = null;
        if (attachment.hasSize()) {
            row.say("size", element + ".size", How.COPIED);
            size = (long) attachment.getSize();
        } else if (data != null) {
            row.say("size", element + ".data", How.COMPUTED);
            size = (long) data.length;
        }
        return new Enclosed(
                row.copied("title", element + ".title", attachment.getTitle()),
                type,
                url,
                size,
                row.computed("text", element + ".data", text(type, data)));
    }

    private void inside(Found<Binary> file, Row row) {
        pointedTo.add(file.resource());
        var inner = trace.row(row.field(), file.path());
        inner.say("contentType", "contentType", How.COPIED);
        inner.say("size", "data", How.COMPUTED);
    }

    /** A letter that came as text reads as text. */
    private static @Nullable String text(@Nullable String contentType, byte @Nullable [] data) {
        if (data == null || contentType == null || data.length > LONGEST_INLINE_TEXT) {
            return null;
        }
        var text = new String(data, StandardCharsets.UTF_8);
        if (contentType.startsWith("text/plain")) {
            return Values.nonBlank(text);
        }
        return contentType.startsWith("text/html") ? Values.nonBlank(PlainText.ofMarkup(text)) : null;
    }

    private @Nullable String authors(Resource from, String element, List<Reference> authors, Row row) {
        var names = new ArrayList<String>();
        for (int i = 0; i < authors.size(); i++) {
            var name = parties.label(from, authors.get(i), row.field() + ".author", row.at(element + "[" + i + "]"));
            if (name != null) {
                names.add(name);
            }
        }
        return names.isEmpty() ? null : String.join(", ", names);
    }

    /** What the request calls supporting information without sending it. */
    private void mentioned(ServiceRequest request, String path) {
        for (int i = 0; i < request.getSupportingInfo().size(); i++) {
            var reference = request.getSupportingInfo().get(i);
            var here = path + ".supportingInfo[" + i + "]";
            if (belongings.resolve(request, reference).isPresent()) {
                continue;
            }
            if (reference.hasDisplay()) {
                trace.copied("documents[" + documents.size() + "].title", here + ".display");
                add(Concepts.NOTHING, reference.getDisplay(), Enclosed.NOTHING, null, null, null);
            } else if (reference.hasReference()) {
                trace.information(
                        IssueCode.REFERENCE_UNRESOLVED,
                        here + ".reference",
                        "The reference resolves to nothing in this request or among what you sent before. Include the"
                                + " resource, if the clinic is to see it.");
            }
        }
    }

    private void add(
            Concept kind,
            @Nullable String title,
            Enclosed enclosed,
            @Nullable String date,
            @Nullable String author,
            @Nullable String status) {
        documents.add(new Document(
                kind,
                title,
                enclosed.contentType(),
                date,
                enclosed.url(),
                enclosed.size(),
                author,
                status,
                enclosed.text()));
    }
}
