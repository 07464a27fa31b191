package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Urgency;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Priority;

/**
 * How urgent the placer says it is: the priority of the ServiceRequest and of the Tasks that ask for it, the more urgent
 * where they differ; else the code that BaRS writes into the CarePlan; else routine. Source: the reference notes, section
 * 4.9.
 */
final class PriorityMapping {

    /** Two-week wait, urgent, routine. Source: BaRS referral from broker, CarePlan.activity.outcomeCodeableConcept. */
    private static final Map<String, Urgency> BARS =
            Map.of("2WW", Urgency.ASAP, "U", Urgency.URGENT, "R", Urgency.ROUTINE);

    private static final String NHS = "https://fhir.nhs.uk/";

    private final Belongings belongings;
    private final Trace trace;

    PriorityMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    private record Said(Urgency urgency, String code, String path, How how) {}

    Priority priority(ServiceRequest request, String path) {
        var said = new ArrayList<Said>();
        code(request.getPriorityElement().getValueAsString(), path).ifPresent(said::add);
        for (var task : belongings.tasks()) {
            code(task.resource().getPriorityElement().getValueAsString(), task.path())
                    .ifPresent(said::add);
        }
        if (said.stream().map(Said::urgency).distinct().count() > 1) {
            trace.warning(
                    IssueCode.PRIORITY_CONFLICT,
                    said.getLast().path(),
                    "ServiceRequest and Task do not say the same; the more urgent one was taken. Send one priority.");
        }
        var all = said.isEmpty() ? inCarePlans(request) : said;
        return all.stream()
                .max(Comparator.comparing(Said::urgency))
                .map(most -> taken(most, all))
                .orElseGet(() -> assumed(path));
    }

    private static Optional<Said> code(@Nullable String code, String path) {
        return Stream.of(Urgency.values())
                .filter(urgency -> urgency.code().equals(code))
                .findFirst()
                .map(urgency -> new Said(urgency, urgency.code(), path + ".priority", How.COPIED));
    }

    private List<Said> inCarePlans(ServiceRequest request) {
        return CarePlans.of(request, belongings).stream()
                .flatMap(plan -> outcomes(plan).stream())
                .toList();
    }

    private static List<Said> outcomes(Found<CarePlan> plan) {
        var said = new ArrayList<Said>();
        CarePlans.outcomes(
                plan,
                (concept, path) -> concept.getCoding().stream()
                        .filter(PriorityMapping::isOfTheNhs)
                        .forEach(coding -> {
                            var urgency =
                                    BARS.get(String.valueOf(coding.getCode()).toUpperCase(Locale.ROOT));
                            if (urgency != null) {
                                said.add(new Said(urgency, coding.getCode(), path, How.CODED));
                            }
                        }));
        return said;
    }

    /** Single letters mean something else in other systems. */
    private static boolean isOfTheNhs(Coding coding) {
        return !coding.hasSystem() || coding.getSystem().startsWith(NHS);
    }

    private Priority taken(Said most, List<Said> all) {
        all.stream()
                .filter(said -> said.urgency() == most.urgency())
                .forEach(said -> trace.add("priority", said.path(), said.how()));
        return new Priority(most.urgency(), most.code());
    }

    private Priority assumed(String path) {
        trace.assumed("priority", path + ".priority");
        trace.information(IssueCode.PRIORITY_ASSUMED, path + ".priority", "No priority was sent; treated as routine.");
        return new Priority(Urgency.ROUTINE, null);
    }
}
