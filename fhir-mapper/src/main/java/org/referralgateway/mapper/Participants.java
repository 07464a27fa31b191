package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Party;
import org.referralgateway.mapper.Referral.ReplyTo;

/**
 * Who refers, who is asked, and where to answer. What the request does not say is looked for in its Task, the message's
 * header and the letter. Source: the reference notes, section 4.9.
 */
final class Participants {

    private final ServiceRequest request;
    private final String path;
    private final Belongings belongings;
    private final Parties parties;
    private final Trace trace;

    Participants(ServiceRequest request, String path, Belongings belongings, Parties parties, Trace trace) {
        this.request = request;
        this.path = path;
        this.belongings = belongings;
        this.parties = parties;
        this.trace = trace;
    }

    /** A reference somewhere in the payload. */
    private record Place(Resource from, Reference reference, String path) {}

    @Nullable
    Party requester() {
        var named = parties.of(request, request.getRequester(), "requester", path + ".requester");
        if (named != null) {
            return named;
        }
        for (var place : whoMayHaveAsked().toList()) {
            var party = parties.of(place.from(), place.reference(), "requester", place.path());
            if (party != null) {
                trace.assumed("requester", place.path());
                trace.information(
                        IssueCode.REQUESTER_ASSUMED,
                        path + ".requester",
                        "No requester was sent; whoever sent the message, the Task or the letter was taken. Name the"
                                + " requester.");
                return party;
            }
        }
        return null;
    }

    private Stream<Place> whoMayHaveAsked() {
        return Stream.of(
                        belongings.tasks().stream()
                                .map(task -> new Place(
                                        task.resource(), task.resource().getRequester(), task.path() + ".requester")),
                        belongings.all(MessageHeader.class).stream().flatMap(Participants::senders),
                        belongings.all(Composition.class).stream()
                                .map(letter -> new Place(
                                        letter.resource(),
                                        letter.resource().getAuthorFirstRep(),
                                        letter.path() + ".author[0]")),
                        belongings.all(Claim.class).stream()
                                .map(claim -> new Place(
                                        claim.resource(), claim.resource().getProvider(), claim.path() + ".provider")))
                .flatMap(places -> places);
    }

    private static Stream<Place> senders(Found<MessageHeader> header) {
        var message = header.resource();
        return Stream.of(
                new Place(message, message.getAuthor(), header.path() + ".author"),
                new Place(message, message.getResponsible(), header.path() + ".responsible"),
                new Place(message, message.getSender(), header.path() + ".sender"));
    }

    List<Party> performers() {
        var found = new ArrayList<Party>();
        for (int i = 0; i < request.getPerformer().size(); i++) {
            add(found, new Place(request, request.getPerformer().get(i), path + ".performer[" + i + "]"));
        }
        if (found.isEmpty()) {
            belongings.all(MessageHeader.class).forEach(header -> destinations(found, header));
        }
        if (found.isEmpty()) {
            belongings.all(Composition.class).forEach(letter -> receivers(found, letter));
        }
        if (found.isEmpty()) {
            belongings
                    .tasks()
                    .forEach(task -> add(
                            found, new Place(task.resource(), task.resource().getOwner(), task.path() + ".owner")));
        }
        places(found);
        return found;
    }

    private void add(List<Party> found, Place place) {
        var party = parties.of(place.from(), place.reference(), "performers[" + found.size() + "]", place.path());
        if (party != null) {
            found.add(party);
        }
    }

    private void destinations(List<Party> found, Found<MessageHeader> header) {
        var destinations = header.resource().getDestination();
        for (int i = 0; i < destinations.size(); i++) {
            var destination = destinations.get(i);
            var here = header.path() + ".destination[" + i + "]";
            int before = found.size();
            add(found, new Place(header.resource(), destination.getReceiver(), here + ".receiver"));
            var name = destination.getName();
            if (found.size() == before && name != null) {
                trace.copied("performers[" + before + "].name", here + ".name");
                found.add(Party.named(null, name));
            }
        }
    }

    /** Source: CH ORF, the extension of the Composition that names the receiver. */
    private void receivers(List<Party> found, Found<Composition> letter) {
        var extensions = letter.resource().getExtension();
        for (int i = 0; i < extensions.size(); i++) {
            if (String.valueOf(extensions.get(i).getUrl()).endsWith("-receiver")
                    && extensions.get(i).getValue() instanceof Reference receiver) {
                add(found, new Place(letter.resource(), receiver, letter.path() + ".extension[" + i + "].value"));
            }
        }
    }

    /** Where, and by what kind of person, the service is asked for. */
    private void places(List<Party> found) {
        for (int i = 0; i < request.getLocationReference().size(); i++) {
            add(
                    found,
                    new Place(request, request.getLocationReference().get(i), path + ".locationReference[" + i + "]"));
        }
        for (int i = 0; i < request.getLocationCode().size(); i++) {
            label(
                    found,
                    Concepts.of(request.getLocationCode().get(i)).label(),
                    path + ".locationCode[" + i + "]",
                    "Location");
        }
        label(found, Concepts.of(request.getPerformerType()).label(), path + ".performerType", null);
    }

    private void label(List<Party> found, String label, String source, @Nullable String type) {
        if (!label.isEmpty()) {
            trace.copied("performers[" + found.size() + "].name", source);
            found.add(Party.named(type, label));
        }
    }

    /** Where the sender's system takes answers. */
    @Nullable
    ReplyTo replyTo() {
        for (var header : belongings.all(MessageHeader.class)) {
            var source = header.resource().getSource();
            var row = trace.row("replyTo", header.path());
            var contact = source.getContact();
            var reply = new ReplyTo(
                    row.copied("endpoint", "source.endpoint", source.getEndpoint()),
                    row.copied("name", "source.name", source.getName()),
                    row.copied("contact", "source.contact", contact.getValue()),
                    parties.of(
                            header.resource(),
                            header.resource().getSender(),
                            "replyTo.sender",
                            header.path() + ".sender"));
            if (!reply.saysNothing()) {
                return reply;
            }
        }
        return null;
    }
}
