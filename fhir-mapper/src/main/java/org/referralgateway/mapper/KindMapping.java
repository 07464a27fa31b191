package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.clinical.tables.ServiceKind;
import org.referralgateway.clinical.tables.ServiceKind.Answer;
import org.referralgateway.clinical.tables.ServiceTable;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;

/**
 * Tells referrals from the other things that are sent as ServiceRequests. What says that it is a referral is one, whatever
 * else it says; what is clearly something else is refused by name; the rest is taken and shown to a person.
 */
final class KindMapping {

    /** US Core's category of whatever is assessed, be it by a clinic or by a machine: "Evaluation procedure" is no referral. */
    private static final String EVALUATION = "386053000";

    private final ServiceRequest request;
    private final String path;
    private final ServiceTable table;
    private final Trace trace;

    KindMapping(ServiceRequest request, String path, ServiceTable table, Trace trace) {
        this.request = request;
        this.path = path;
        this.table = table;
        this.trace = trace;
    }

    /** A kind, and the element that says so. */
    private record Evidence(ServiceKind kind, String path) {}

    /** The kind; a refusal or a remark is left in the trace. */
    ServiceKind kind(Concept service, List<Concept> categories, Belongings belongings) {
        var evidence = byCodes(service, categories)
                .or(this::bySpecimen)
                .or(() -> byWords(service, categories))
                .or(() -> byMeasuredThing(service))
                .or(() -> byEvent(belongings))
                .or(() -> byDocument(belongings))
                .orElseGet(() -> new Evidence(ServiceKind.UNKNOWN, path + ".code"));
        boolean isTold = evidence.kind() != ServiceKind.UNKNOWN;
        trace.add("kind", evidence.path(), isTold ? Referral.How.CODED : Referral.How.ASSUMED);
        say(evidence);
        return evidence.kind();
    }

    private Optional<Evidence> byCodes(Concept service, List<Concept> categories) {
        var found = new ArrayList<Evidence>();
        codes(found, service, "code", path + ".code");
        for (int i = 0; i < categories.size(); i++) {
            codes(found, categories.get(i), "category", path + ".category[" + i + "]");
        }
        for (Coding tag : request.getMeta().getTag()) {
            add(found, table.kind("tag", tag.getSystem(), tag.getCode()), path + ".meta.tag");
        }
        request.getMeta()
                .getProfile()
                .forEach(profile -> add(
                        found, table.kind("profile", null, unversioned(profile.getValue())), path + ".meta.profile"));
        for (int i = 0; i < request.getExtension().size(); i++) {
            var url = request.getExtension().get(i).getUrl();
            add(found, table.kind("extension", null, url), path + ".extension[" + i + "]");
        }
        return isTestAfterAll(found, service) ? laboratory(found) : strongest(found);
    }

    /**
     * Indonesia's orders of laboratory tests elsewhere have the categories of both: what is asked for is the LOINC code. Source:
     * SATUSEHAT, ServiceRequest of the COVID-19 use case.
     */
    private static boolean isTestAfterAll(List<Evidence> found, Concept service) {
        return isMeasured(service)
                && laboratory(found).isPresent()
                && found.stream().noneMatch(one -> one.path().endsWith(".code"));
    }

    private static Optional<Evidence> laboratory(List<Evidence> found) {
        return found.stream()
                .filter(one -> one.kind() == ServiceKind.LABORATORY_ORDER)
                .findFirst();
    }

    /** A social referral is a referral too; that it is social is what people need to know. */
    private static Optional<Evidence> strongest(List<Evidence> found) {
        return found.stream()
                .filter(one -> one.kind() == ServiceKind.SOCIAL_REFERRAL)
                .findFirst()
                .or(() -> found.stream().min(Comparator.comparing(Evidence::kind)));
    }

    private static @Nullable String unversioned(@Nullable String profile) {
        return profile == null ? null : profile.replaceFirst("\\|.*$", "");
    }

    private void codes(List<Evidence> found, Concept concept, String place, String here) {
        for (Code code : concept.codes()) {
            add(found, table.kind(place, code.system(), code.code()), here);
        }
    }

    private static void add(List<Evidence> found, Optional<ServiceKind> kind, String here) {
        kind.ifPresent(known -> found.add(new Evidence(known, here)));
    }

    private Optional<Evidence> bySpecimen() {
        return request.hasSpecimen()
                ? Optional.of(new Evidence(ServiceKind.LABORATORY_ORDER, path + ".specimen"))
                : Optional.empty();
    }

    private Optional<Evidence> byWords(Concept service, List<Concept> categories) {
        var words = Stream.concat(Stream.of(service), categories.stream())
                .flatMap(concept -> Stream.concat(
                        Stream.ofNullable(concept.text()),
                        concept.codes().stream()
                                .filter(code -> !EVALUATION.equals(code.code()))
                                .flatMap(code -> Stream.ofNullable(code.display()))))
                .collect(Collectors.joining(" "));
        return table.hasReferralWord(words)
                ? Optional.of(new Evidence(ServiceKind.REFERRAL, path + ".code"))
                : Optional.empty();
    }

    /** LOINC names observations, so a request for nothing but one asks for a measurement; a local code beside it says no more. */
    private Optional<Evidence> byMeasuredThing(Concept service) {
        return isMeasured(service)
                ? Optional.of(new Evidence(ServiceKind.LABORATORY_ORDER, path + ".code"))
                : Optional.empty();
    }

    private static boolean isMeasured(Concept service) {
        var systems = service.codes().stream()
                .flatMap(code -> Stream.ofNullable(code.system()))
                .toList();
        return !systems.isEmpty() && systems.stream().allMatch(CodeSystems.LOINC::equals);
    }

    /** What a message is about counts for what it is about. */
    private Optional<Evidence> byEvent(Belongings belongings) {
        for (var header : belongings.all(MessageHeader.class)) {
            if (belongings.isAboutTheRequest(header.resource())
                    && header.resource().getEvent() instanceof Coding event) {
                var kind = table.kind("event", event.getSystem(), event.getCode());
                if (kind.isPresent()) {
                    return Optional.of(new Evidence(kind.get(), header.path() + ".event"));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Evidence> byDocument(Belongings belongings) {
        for (var letter : belongings.all(Composition.class)) {
            for (var code : Concepts.of(letter.resource().getType()).codes()) {
                var kind = table.kind("document", code.system(), code.code());
                if (belongings.hasOneRequest() && kind.isPresent()) {
                    return Optional.of(new Evidence(kind.get(), letter.path() + ".type"));
                }
            }
        }
        return Optional.empty();
    }

    private void say(Evidence evidence) {
        var kind = evidence.kind();
        if (kind.answer() == Answer.REFUSED) {
            trace.error(
                    IssueCode.NOT_A_REFERRAL,
                    evidence.path(),
                    "This orders " + kind.ordered() + ". The clinic takes referrals.");
        } else if (kind == ServiceKind.SOCIAL_REFERRAL) {
            trace.information(
                    IssueCode.SOCIAL_CARE_REFERRAL,
                    evidence.path(),
                    "This refers to social care. It is taken; a coordinator will see whether the clinic can help.");
        } else if (kind.answer() == Answer.FLAGGED) {
            trace.information(
                    IssueCode.SERVICE_NOT_RECOGNISED,
                    evidence.path(),
                    kind == ServiceKind.ADVICE
                            ? "This asks for advice. It is taken like a referral; a coordinator will look."
                            : "The gateway cannot tell from code or category that this is a referral; a coordinator will"
                                    + " look.");
        }
    }
}
