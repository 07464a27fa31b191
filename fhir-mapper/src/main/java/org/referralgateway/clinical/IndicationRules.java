package org.referralgateway.clinical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.IndicationPolicy;
import org.referralgateway.clinical.ClinicalPolicy.SystemCode;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.clinical.tables.ConditionTable.Group;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.clinical.tables.Tokens;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Certainty;
import org.referralgateway.events.Conclusions.Indication;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;

/**
 * Which of the clinic's condition groups a referral is about. A diagnostic code sets the group; words and supporting codes
 * only propose one, for a person to confirm; context is shown. Reasons come before problems, what is named exactly before
 * what is general. Inactive and refuted conditions do not count. Source: the clinic's reference notes, sections 1 and 9.
 */
final class IndicationRules {

    static final String RULE = "condition-group";
    static final String TRIGEMINAL = "trigeminal-neuralgia";
    private static final String SPINAL_CORD = "spinal-cord-injury-pain";
    private static final Set<String> OVER = Set.of("inactive", "resolved", "remission");
    private static final Set<String> WITHDRAWN = Set.of("refuted", "entered-in-error");
    private static final Set<String> UNCERTAIN = Set.of("unconfirmed", "provisional", "differential");

    /** Subgroups that say no more than that nerves hurt, and groups that leave the type open. */
    private static final Set<String> GENERAL = Set.of("neuropathic-pain", "polyneuropathy", "chronic-pain-unspecified");

    private static final String CRPS_OF_ANY_TYPE = "complex-regional-pain-syndrome-unspecified";

    private final ClinicalTables tables;
    private final IndicationPolicy policy;

    IndicationRules(ClinicalTables tables, ClinicalPolicy policy) {
        this.tables = tables;
        this.policy = policy.indication();
    }

    /** Something in the referral that names a group. */
    private record Sign(Group group, boolean coded, boolean isReason, String field) {
        boolean is(String evidence) {
            return group.evidence().equals(evidence);
        }

        boolean isGeneral() {
            return group.name().equals(CRPS_OF_ANY_TYPE)
                    || (group.subgroup() != null && GENERAL.contains(group.subgroup()));
        }

        /** The smaller, the more it decides. */
        int rank() {
            if (is("diagnostic")) {
                return (isReason ? 0 : 4) + (isGeneral() ? 2 : 0) + (coded ? 0 : 1);
            }
            return 8 + (coded ? 0 : 1);
        }
    }

    Indication indication(Referral referral) {
        var signs = signs(referral);
        Sign best = null;
        for (var sign : signs) {
            boolean proposes = sign.is("diagnostic") || (sign.is("supporting") && sign.isReason());
            if (proposes && (best == null || sign.rank() < best.rank())) {
                best = sign;
            }
        }
        if (best == null) {
            return new Indication(
                    null,
                    null,
                    Certainty.NONE,
                    others(signs, null),
                    new Basis(
                            RULE,
                            signs.stream().map(Sign::field).distinct().toList(),
                            referral.reasons().isEmpty() ? List.of("reasons") : List.of()));
        }
        return decided(referral, best, signs);
    }

    private Indication decided(Referral referral, Sign best, List<Sign> signs) {
        var used = new LinkedHashSet<String>();
        used.add(best.field());
        var name = best.group().name();
        var subgroup = best.group().subgroup();
        boolean coded = best.coded() && best.is("diagnostic") && !isUncertain(referral, best.field());
        var missing = new ArrayList<String>();
        var raised = raised(referral, best, signs);
        var paired = policy.paired().get(name);
        if (raised != null) {
            used.add(raised.field());
            name = SPINAL_CORD;
            subgroup = "central-pain";
            coded &= raised.coded();
        } else if (paired != null && best.coded() && best.is("diagnostic")) {
            var support = support(referral, new Wanted(name, null), signs);
            if (support == null) {
                missing.add("support for " + name);
                name = paired;
                subgroup = "polyneuropathy";
            } else {
                used.add(support.field());
                coded &= support.coded();
            }
        }
        if ("other-neuropathic-pain".equals(name) && isTrigeminal(referral)) {
            subgroup = "cranial-neuralgia"; // WHO's rows have no subgroup of their own.
        }
        return new Indication(
                name,
                subgroup,
                coded ? Certainty.CODED : Certainty.TO_CONFIRM,
                others(signs, name),
                new Basis(RULE, List.copyOf(used), missing));
    }

    /** Central pain together with anything about the spinal cord is spinal cord injury pain. */
    private @Nullable Sign raised(Referral referral, Sign best, List<Sign> signs) {
        if (!best.coded() || !hasOneOf(concept(referral, best.field()), policy.raisedByCord())) {
            return null;
        }
        return first(signs, SPINAL_CORD);
    }

    /**
     * What is looked for.
     *
     * @param subgroup absent for any
     */
    private record Wanted(String group, @Nullable String subgroup) {
        boolean is(Group found) {
            return found.name().equals(group) && (subgroup == null || subgroup.equals(found.subgroup()));
        }
    }

    /**
     * True where something speaks for a group besides the diagnosis itself: a code, a drug, a procedure, or words anywhere.
     *
     * @param subgroup of the group; absent for any
     */
    boolean hasSupport(Referral referral, String group, @Nullable String subgroup) {
        return support(referral, new Wanted(group, subgroup), signs(referral)) != null;
    }

    /** Something that says the cause, in a code first. */
    private @Nullable Sign support(Referral referral, Wanted group, List<Sign> signs) {
        Sign words = null;
        for (var sign : signs) {
            if (group.is(sign.group()) && (sign.is("supporting") || !sign.coded())) {
                if (sign.coded()) {
                    return sign;
                }
                words = words == null ? sign : words;
            }
        }
        var elsewhere = elsewhere(referral, group);
        return elsewhere == null || (words != null && !elsewhere.coded()) ? words : elsewhere;
    }

    /** In procedures, drugs, notes and documents, and in conditions that are over: a chemotherapy usually is. */
    private @Nullable Sign elsewhere(Referral referral, Wanted group) {
        Sign words = null;
        for (int i = 0; i < referral.problems().size(); i++) {
            var problem = referral.problems().get(i);
            if (!isWithdrawn(problem.verificationStatus())) {
                words = better(words, support(problem.concept(), null, group, "problems[" + i + "].concept"));
            }
        }
        for (int i = 0; i < referral.procedures().size(); i++) {
            var procedure = referral.procedures().get(i);
            if (!"not-done".equals(procedure.status())) {
                words = better(
                        words, support(procedure.concept(), procedure.note(), group, "procedures[" + i + "].concept"));
            }
        }
        for (int i = 0; i < referral.treatments().size(); i++) {
            var medication = referral.treatments().get(i).medication();
            var field = "treatments[" + i + "].medication";
            words = better(words, support(medication, null, group, field));
        }
        for (int i = 0; i < referral.notes().size(); i++) {
            words = better(words, inText(referral.notes().get(i), group, "notes[" + i + "]"));
        }
        for (int i = 0; i < referral.documents().size(); i++) {
            var text = referral.documents().get(i).text();
            words = text == null ? words : better(words, inText(text, group, "documents[" + i + "].text"));
        }
        return words;
    }

    private static @Nullable Sign better(@Nullable Sign one, @Nullable Sign other) {
        return one == null || (other != null && other.coded() && !one.coded()) ? other : one;
    }

    private @Nullable Sign support(Concept concept, @Nullable String note, Wanted group, String field) {
        for (var code : concept.codes()) {
            var found = tables.conditions().group(code.system(), code.code()).orElse(null);
            if (found != null && group.is(found) && found.evidence().equals("supporting")) {
                return new Sign(found, true, false, field);
            }
        }
        var words = inText(concept.label(), group, field);
        return words != null || note == null ? words : inText(note, group, field);
    }

    private @Nullable Sign inText(String text, Wanted group, String field) {
        for (var hit : tables.conditions().named(text)) {
            if (hit.isAsserted() && group.is(hit.value())) {
                return new Sign(hit.value(), false, false, field);
            }
        }
        return null;
    }

    private static @Nullable Sign first(List<Sign> signs, String group) {
        Sign words = null;
        for (var sign : signs) {
            if (sign.group().name().equals(group) && !sign.is("context")) {
                if (sign.coded()) {
                    return sign;
                }
                words = words == null ? sign : words;
            }
        }
        return words;
    }

    private static List<String> others(List<Sign> signs, @Nullable String group) {
        var others = new LinkedHashSet<String>();
        for (var sign : signs) {
            if (!sign.group().name().equals(group) && !sign.is("supporting")) {
                others.add(sign.group().name());
            }
        }
        return List.copyOf(others);
    }

    private List<Sign> signs(Referral referral) {
        var signs = new ArrayList<Sign>();
        for (int i = 0; i < referral.reasons().size(); i++) {
            var reason = referral.reasons().get(i);
            if (!isOver(reason.clinicalStatus()) && !isWithdrawn(reason.verificationStatus())) {
                add(signs, reason.concept(), reason.note(), true, "reasons[" + i + "]");
            }
        }
        for (int i = 0; i < referral.problems().size(); i++) {
            var problem = referral.problems().get(i);
            if (!isOver(problem.clinicalStatus()) && !isWithdrawn(problem.verificationStatus())) {
                add(signs, problem.concept(), problem.note(), false, "problems[" + i + "]");
            }
        }
        return signs;
    }

    private static boolean isOver(@Nullable String clinicalStatus) {
        return clinicalStatus != null && OVER.contains(clinicalStatus);
    }

    private static boolean isWithdrawn(@Nullable String verificationStatus) {
        return verificationStatus != null && WITHDRAWN.contains(verificationStatus);
    }

    private void add(List<Sign> signs, Concept concept, @Nullable String note, boolean isReason, String field) {
        for (var code : concept.codes()) {
            tables.conditions()
                    .group(code.system(), code.code())
                    .ifPresent(group -> signs.add(new Sign(group, true, isReason, field + ".concept")));
        }
        if (concept.text() != null) {
            words(signs, concept.text(), isReason, field + ".concept");
        }
        for (var code : concept.codes()) {
            if (code.display() != null && !code.display().equals(concept.text())) {
                words(signs, code.display(), isReason, field + ".concept");
            }
        }
        if (note != null) {
            words(signs, note, isReason, field + ".note");
        }
    }

    /** What a context phrase takes back, such as a phantom limb without pain, no other word of the text proposes. */
    private void words(List<Sign> signs, String text, boolean isReason, String field) {
        var hits = tables.conditions().named(text);
        for (var hit : hits) {
            if (hit.isAsserted()) {
                signs.add(new Sign(hit.value(), false, isReason, field));
            }
        }
    }

    private boolean isUncertain(Referral referral, String field) {
        int dot = field.indexOf('.');
        int index = Integer.parseInt(field.substring(field.indexOf('[') + 1, field.indexOf(']')));
        boolean reason = field.substring(0, dot).startsWith("reasons");
        var status = reason
                ? referral.reasons().get(index).verificationStatus()
                : referral.problems().get(index).verificationStatus();
        return (status != null && UNCERTAIN.contains(status)) || isFresh(concept(referral, field));
    }

    /** A seventh character A of an injury code means that the injury itself is still being treated. */
    private static boolean isFresh(Concept concept) {
        for (var code : concept.codes()) {
            if (CodeSystems.ICD_10_CM.equals(CodeSystems.canonical(code.system()))) {
                var plain = CodeSystems.normalised(CodeSystems.ICD_10_CM, code.code());
                if (plain.length() == 7 && plain.startsWith("S") && plain.endsWith("A")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Concept concept(Referral referral, String field) {
        int index = Integer.parseInt(field.substring(field.indexOf('[') + 1, field.indexOf(']')));
        return field.startsWith("reasons")
                ? referral.reasons().get(index).concept()
                : referral.problems().get(index).concept();
    }

    /** True where the referral is about trigeminal neuralgia, by code or in words. */
    boolean isTrigeminal(Referral referral) {
        for (var reason : referral.reasons()) {
            if (!isOver(reason.clinicalStatus())
                    && !isWithdrawn(reason.verificationStatus())
                    && (hasOneOf(reason.concept(), policy.trigeminal()) || saysTrigeminal(reason.concept()))) {
                return true;
            }
        }
        return false;
    }

    private boolean saysTrigeminal(Concept concept) {
        return tables.signs().words().in(Tokens.of(Chart.label(concept))).stream()
                .anyMatch(mention ->
                        mention.stance() == Stance.STATED && mention.meaning().equals(TRIGEMINAL));
    }

    private static boolean hasOneOf(Concept concept, Set<SystemCode> codes) {
        return concept.codes().stream().anyMatch(code -> isOneOf(code, codes));
    }

    /** True where a code is one of those that the policy names, in whatever words its system was sent. */
    static boolean isOneOf(Code code, Set<SystemCode> codes) {
        var known = CodeSystems.canonical(code.system());
        if (known == null) {
            return false;
        }
        var system = known.equals(CodeSystems.ICD_10_GM) ? CodeSystems.ICD_10 : known;
        return codes.contains(new SystemCode(system, CodeSystems.normalised(system, code.code())));
    }
}
