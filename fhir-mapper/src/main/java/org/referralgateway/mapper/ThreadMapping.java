package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Link;

/** What the referral hangs together with: what authorised it, what it replaces, the visit and the episode it came from. */
final class ThreadMapping {

    private final Belongings belongings;
    private final Trace trace;
    private final List<Link> links = new ArrayList<>();

    ThreadMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<Link> links(ServiceRequest request, String path) {
        add("basedOn", request, request.getBasedOn(), path + ".basedOn");
        add("replaces", request, request.getReplaces(), path + ".replaces");
        belongings.resolve(request, request.getEncounter(), Encounter.class).ifPresent(this::episodes);
        for (var found : belongings.tasks()) {
            var task = found.resource();
            add("partOf", task, task.getPartOf(), found.path() + ".partOf");
            for (int i = 0; i < task.getIdentifier().size(); i++) {
                var number = number(task.getIdentifier().get(i));
                add("task", null, number, null, found.path() + ".identifier[" + i + "]");
            }
            if (task.hasGroupIdentifier()) {
                add("group", null, number(task.getGroupIdentifier()), null, found.path() + ".groupIdentifier");
            }
        }
        return links;
    }

    /** The visit out of which the patient was referred. */
    Referral.@Nullable Encounter encounter(ServiceRequest request, String path) {
        var reference = request.getEncounter();
        if (reference.isEmpty()) {
            return null;
        }
        var row = trace.row("encounter", path);
        var found = belongings.resolve(request, reference, Encounter.class);
        if (found.isEmpty()) {
            var number = number(reference.getIdentifier());
            row.copied("numbers[0]", "encounter.identifier", number == null ? null : number.value());
            var display = row.copied("kind", "encounter.display", reference.getDisplay());
            return number == null && display == null
                    ? null
                    : new Referral.Encounter(number == null ? List.of() : List.of(number), display, null, null);
        }
        return encounter(found.get());
    }

    private Referral.Encounter encounter(Found<Encounter> found) {
        var row = trace.row("encounter", found.path());
        var encounter = found.resource();
        var numbers = Identifiers.of(encounter.getIdentifier());
        for (int i = 0; i < encounter.getIdentifier().size(); i++) {
            row.copied(
                    "numbers[" + i + "]",
                    "identifier[" + i + "]",
                    encounter.getIdentifier().get(i).getValue());
        }
        var type = row.labels("kind", "type", encounter.getType());
        var setting = row.copied("kind", "class", Values.text(encounter.getClass_()));
        var kind = type == null || setting == null ? type == null ? setting : type : type + ", " + setting;
        return new Referral.Encounter(
                numbers,
                kind,
                row.copied("status", "status", encounter.getStatusElement().getValueAsString()),
                row.copied("period", "period", Periods.text(encounter.getPeriod())));
    }

    private void episodes(Found<Encounter> found) {
        add("episodeOfCare", found.resource(), found.resource().getEpisodeOfCare(), found.path() + ".episodeOfCare");
    }

    private void add(String relation, Resource from, List<Reference> references, String path) {
        for (int i = 0; i < references.size(); i++) {
            var reference = references.get(i);
            add(
                    relation,
                    reference.getReference(),
                    number(reference.getIdentifier()),
                    reference.getDisplay(),
                    path + "[" + i + "]");
        }
    }

    private void add(
            String relation,
            @Nullable String reference,
            @Nullable BusinessIdentifier number,
            @Nullable String display,
            String path) {
        if (reference != null || number != null || display != null) {
            trace.copied("thread[" + links.size() + "]", path);
            links.add(new Link(relation, reference, number, display));
        }
    }

    private static @Nullable BusinessIdentifier number(Identifier identifier) {
        return Identifiers.of(identifier).orElse(null);
    }
}
