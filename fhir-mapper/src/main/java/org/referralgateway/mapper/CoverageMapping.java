package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Coverage;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Cover;
import org.referralgateway.mapper.Referral.How;

/** Who pays. */
final class CoverageMapping {

    private final Belongings belongings;
    private final Parties parties;
    private final Trace trace;

    CoverageMapping(Belongings belongings, Parties parties, Trace trace) {
        this.belongings = belongings;
        this.parties = parties;
        this.trace = trace;
    }

    List<Cover> covers() {
        var covers = new ArrayList<Cover>();
        for (var found : belongings.all(Coverage.class)) {
            if ("entered-in-error".equals(Concepts.code(found.resource().getStatusElement()))) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else {
                covers.add(cover(found.resource(), trace.row("coverage[" + covers.size() + "]", found.path())));
            }
        }
        return covers;
    }

    private Cover cover(Coverage coverage, Row row) {
        return new Cover(
                payor(coverage, row),
                memberId(coverage, row),
                row.copied("status", "status", Concepts.code(coverage.getStatusElement())),
                row.copied("kind", "type", Concepts.of(coverage.getType()).label()),
                classes(coverage, row),
                row.copied("period", "period", Periods.text(coverage.getPeriod())),
                row.copied(
                        "relationship",
                        "relationship",
                        Concepts.of(coverage.getRelationship()).label()));
    }

    private @Nullable String payor(Coverage coverage, Row row) {
        var names = new ArrayList<String>();
        for (int i = 0; i < coverage.getPayor().size(); i++) {
            var here = "payor[" + i + "]";
            var name = parties.label(coverage, coverage.getPayor().get(i), row.field() + ".payor", row.at(here));
            if (name != null) {
                names.add(name);
            }
        }
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private static @Nullable String memberId(Coverage coverage, Row row) {
        var subscriber = row.copied("memberId", "subscriberId", coverage.getSubscriberId());
        if (subscriber != null) {
            return subscriber;
        }
        for (int i = 0; i < coverage.getIdentifier().size(); i++) {
            var number = coverage.getIdentifier().get(i).getValue();
            if (row.copied("memberId", "identifier[" + i + "]", number) != null) {
                return number;
            }
        }
        return null;
    }

    /** For example {@code plan: Gold (B37FC)}. */
    private static List<String> classes(Coverage coverage, Row row) {
        var classes = new ArrayList<String>();
        for (int i = 0; i < coverage.getClass_().size(); i++) {
            var one = coverage.getClass_().get(i);
            var kind = Concepts.of(one.getType()).label();
            var value = one.hasName() && one.hasValue()
                    ? one.getName() + " (" + one.getValue() + ")"
                    : Objects.requireNonNullElse(one.hasName() ? one.getName() : one.getValue(), "");
            var text = kind.isEmpty() || value.isEmpty() ? kind + value : kind + ": " + value;
            if (!text.isEmpty()) {
                row.say("classes[" + classes.size() + "]", "class[" + i + "]", How.COMPUTED);
                classes.add(text);
            }
        }
        return classes;
    }
}
