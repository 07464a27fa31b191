package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.mapper.SentResource.Write;

/** What all message dialects have in common: the header's focus is what the message is about. */
final class Messages {

    private static final Set<Task.TaskStatus> ANSWERED = EnumSet.of(
            Task.TaskStatus.ACCEPTED,
            Task.TaskStatus.REJECTED,
            Task.TaskStatus.INPROGRESS,
            Task.TaskStatus.ONHOLD,
            Task.TaskStatus.COMPLETED,
            Task.TaskStatus.FAILED);

    private Messages() {}

    /**
     * A message whose event the dialect understands. One that says of itself that it answers another is no request, whatever
     * its event.
     *
     * @param wish what is to be done with the request that the message is about
     * @param answer the event of the answer
     */
    static Submission about(Dialect dialect, Sent sent, Write wish, Coding answer, boolean repeatIsConflict) {
        var header = sent.header().orElseThrow();
        var bundle = sent.bundle().orElseThrow();
        if (header.hasResponse()) {
            return Submission.refused(dialect, sent, OtherMessage.isAnAnswer());
        }
        var request = request(sent, header);
        if (request.isEmpty()) {
            return Submission.refused(dialect, sent, withoutRequest(sent));
        }
        var wanted = request.get().with(wish);
        var resources = new ArrayList<SentResource>();
        sent.contents().forEach(one -> resources.add(one == request.get() ? wanted : one));
        return new Submission(
                dialect,
                resources,
                List.of(wanted),
                Message.of(bundle, header, answer, repeatIsConflict),
                sent.problems());
    }

    /** True for a Task in a state that only whoever works on it can have given it. */
    static boolean isAnswer(Task task) {
        return ANSWERED.contains(task.getStatus());
    }

    /** The focus, or what a focussed Task points to; else the only ServiceRequest there is; else that Task itself. */
    private static Optional<SentResource> request(Sent sent, MessageHeader header) {
        var foci = header.getFocus().stream()
                .map(focus -> sent.find(header, focus))
                .flatMap(Optional::stream)
                .toList();
        var named = foci.stream()
                .map(focus -> serviceRequest(sent, focus.resource()))
                .flatMap(Optional::stream)
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        var all = sent.all(ServiceRequest.class);
        if (all.size() == 1) {
            return Optional.of(all.getFirst());
        }
        return foci.stream().filter(focus -> focus.resource() instanceof Task).findFirst();
    }

    private static Optional<SentResource> serviceRequest(Sent sent, Resource focus) {
        if (focus instanceof ServiceRequest) {
            return sent.all(ServiceRequest.class).stream()
                    .filter(one -> one.resource() == focus)
                    .findFirst();
        }
        return task(sent, focus).filter(one -> one.resource() instanceof ServiceRequest);
    }

    /** What a Task is about: its focus, or where it has none, what it is based on (CA:eReC). */
    private static Optional<SentResource> task(Sent sent, Resource focus) {
        if (!(focus instanceof Task task)) {
            return Optional.empty();
        }
        var direct = task.hasFocus() ? sent.find(task, task.getFocus()) : Optional.<SentResource>empty();
        return direct.isPresent() || !task.hasBasedOn() ? direct : sent.find(task, task.getBasedOnFirstRep());
    }

    /** The Task that the header focuses on. */
    static Optional<Task> focussedTask(Sent sent) {
        return sent.header()
                .flatMap(header -> header.getFocus().stream()
                        .map(focus -> sent.find(header, focus))
                        .flatMap(Optional::stream)
                        .map(SentResource::resource)
                        .filter(Task.class::isInstance)
                        .map(Task.class::cast)
                        .findFirst());
    }

    private static MappingIssue withoutRequest(Sent sent) {
        return sent.all(ServiceRequest.class).isEmpty()
                ? MappingIssue.error(
                        IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST,
                        "Bundle.entry",
                        "No entry is a ServiceRequest, so there is no referral in this message. Add it, and point the"
                                + " header's focus to it.")
                : MappingIssue.error(
                        IssueCode.FOCUS_UNRESOLVED,
                        "Bundle.entry[0].resource.focus",
                        "The message has several ServiceRequests and its header's focus names none of them. Point the"
                                + " focus to the referral.");
    }
}
