package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.Chart.Diagnosis;
import org.referralgateway.clinical.ClinicalPolicy.TriageRule;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.clinical.tables.Remission;
import org.referralgateway.events.Conclusions.Answer;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Certainty;
import org.referralgateway.events.Conclusions.Fired;
import org.referralgateway.events.Conclusions.Indication;
import org.referralgateway.events.Conclusions.OpioidDose;
import org.referralgateway.events.Conclusions.RedFlag;
import org.referralgateway.events.Conclusions.Resistance;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.events.Conclusions.Triage;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.events.Urgency;

/**
 * How soon. The policy's rules are asked in their order; the first that matches decides, and all that match are kept. A hold
 * changes who must look: it defers only what no rule above calls soon. Source: the clinic's reference notes, section 6.
 */
final class TriageRules {

    private static final String CRPS = "complex-regional-pain-syndrome";

    private final Chart chart;
    private final ClinicalPolicy policy;
    private final Judged judged;

    /** What the other rules have found. */
    record Judged(
            Indication indication,
            Resistance resistance,
            List<ScreeningFinding> screening,
            List<RedFlag> redFlags,
            OpioidDose opioids,
            List<CompletenessItem> completeness) {}

    private TriageRules(Chart chart, ClinicalPolicy policy, Judged judged) {
        this.chart = chart;
        this.policy = policy;
        this.judged = judged;
    }

    static Triage triage(Chart chart, ClinicalPolicy policy, Judged judged) {
        var rules = new TriageRules(chart, policy, judged);
        var fired = new ArrayList<Fired>();
        for (var rule : policy.triage()) {
            var why = rules.why(rule);
            if (why != null) {
                fired.add(new Fired(rule.level(), new Basis(rule.name(), why.used(), why.missing())));
            }
        }
        return new Triage(
                fired.isEmpty() ? TriageLevel.ROUTINE : fired.getFirst().level(), fired);
    }

    /** On what a rule rests that matches; absent where it does not match. */
    private record Why(List<String> used, List<String> missing) {
        static Why of(List<String> used) {
            return new Why(used, List.of());
        }
    }

    private @Nullable Why why(TriageRule rule) {
        var number = rule.number() == null ? BigDecimal.ZERO : rule.number();
        return switch (rule.when()) {
            case "red-flag" -> where(judged.redFlags(), flag -> flag.basis().used());
            case "priority-stat-or-asap" -> priority(Set.of(Urgency.STAT, Urgency.ASAP));
            case "priority-urgent" -> priority(Set.of(Urgency.URGENT));
            case "cancer-related-pain" -> cancer();
            case "crps" -> group(CRPS);
            case "crps-onset-under-months" -> began(CRPS, number);
            case "crps-spreading" -> group(CRPS) == null ? null : sign("spreading");
            case "pain-with-rapid-functional-loss" -> and(pain(number), sign("rapid-functional-loss"));
            case "failing-maintenance" -> isAboutInfusions() ? sign("failing-maintenance") : null;
            case "nerve-injury-after-surgery-or-trauma" -> nerveInjury();
            case "phn-onset-under-months" -> began("post-herpetic-neuralgia", number);
            case "trigeminal-neuralgia" -> trigeminal();
            case "pain-at-least" -> pain(number);
            case "mme-at-least" -> mme(number);
            case "no-neuropathic-component" -> notNeuropathic();
            case "acute-pain-under-days" -> acute(number);
            case "under-age" -> underAge();
            case "outside-region" -> outsideRegion();
            case "minimum-data-missing" -> missing();
            case "resistance-not-met" -> judged.resistance().result() == Answer.NOT_MET ? Why.of(List.of()) : null;
            case "hold" ->
                where(
                        judged.screening().stream()
                                .filter(finding -> finding.level() == ScreeningLevel.HOLD)
                                .toList(),
                        finding -> finding.basis().used());
            case "always" -> Why.of(List.of());
            default -> null;
        };
    }

    private static <T> @Nullable Why where(List<T> found, java.util.function.Function<T, List<String>> used) {
        return found.isEmpty()
                ? null
                : Why.of(found.stream()
                        .flatMap(one -> used.apply(one).stream())
                        .distinct()
                        .toList());
    }

    private static @Nullable Why and(@Nullable Why one, @Nullable Why other) {
        if (one == null || other == null) {
            return null;
        }
        var used = new ArrayList<>(one.used());
        used.addAll(other.used());
        return Why.of(used);
    }

    private @Nullable Why priority(Set<Urgency> codes) {
        return codes.contains(chart.referral.priority().code()) ? Why.of(List.of("priority")) : null;
    }

    private @Nullable Why sign(String sign) {
        var fields = chart.fieldsThatSay(sign).toList();
        return fields.isEmpty() ? null : Why.of(fields);
    }

    private @Nullable Why group(String beginning) {
        var group = judged.indication().group();
        return group != null && group.startsWith(beginning)
                ? Why.of(judged.indication().basis().used())
                : null;
    }

    /** Pain of a group that began less than some months ago: by the earliest day that the onset allows. */
    private @Nullable Why began(String group, BigDecimal months) {
        if (group(group) == null) {
            return null;
        }
        for (var diagnosis : chart.diagnoses) {
            boolean ours = diagnosis.field().startsWith("reasons")
                    && !diagnosis.isRefuted()
                    && (diagnosis.group() == null || diagnosis.group().startsWith(group));
            var began = ours ? Spans.begin(diagnosis.onset(), chart.today) : null;
            if (began != null && began.isAfter(chart.today.minusMonths(months.longValue()))) {
                return Why.of(List.of(diagnosis.field() + ".onset"));
            }
        }
        return null;
    }

    private @Nullable Why pain(BigDecimal atLeast) {
        var pain = chart.readings.pain();
        var value = pain == null ? null : pain.value();
        return pain == null || value == null || value.compareTo(atLeast) < 0 ? null : Why.of(List.of(pain.field()));
    }

    private @Nullable Why mme(BigDecimal atLeast) {
        var mme = judged.opioids().mmePerDay();
        return mme != null && mme.compareTo(atLeast) >= 0
                ? Why.of(judged.opioids().basis().used())
                : null;
    }

    private boolean isAboutInfusions() {
        return judged.screening().stream()
                        .anyMatch(finding -> finding.item().equals(ScreeningRules.EXPOSURE)
                                && finding.level() == ScreeningLevel.INFORMATION)
                || chart.texts.stream()
                        .anyMatch(text -> text.words().has("infusion")
                                || text.words().has("infusions")
                                || text.words().has("ketamine"));
    }

    /** Pain of cancer by its own code, or a neuropathic group beside a cancer that is not over. */
    private @Nullable Why cancer() {
        if (judged.indication().certainty() == Certainty.NONE) {
            return null;
        }
        if ("cancer-pain".equals(judged.indication().subgroup())) {
            return Why.of(judged.indication().basis().used());
        }
        var fields = new LinkedHashSet<String>();
        chart.diagnoses.stream()
                .filter(diagnosis -> !diagnosis.isOver() && !diagnosis.isRefuted() && isCancer(diagnosis))
                .forEach(diagnosis -> fields.add(diagnosis.field() + ".concept"));
        chart.fieldsThatSay("active-cancer").forEach(fields::add);
        return fields.isEmpty() ? null : Why.of(List.copyOf(fields));
    }

    private boolean isCancer(Diagnosis diagnosis) {
        if (chart.isCoded(diagnosis.concept(), "cancer-that-is-over") || Remission.isSaidIn(diagnosis.label())) {
            return false;
        }
        return chart.isCoded(diagnosis.concept(), "cancer") || chart.isNamed(diagnosis, "cancer");
    }

    private @Nullable Why nerveInjury() {
        var subgroup = judged.indication().subgroup();
        return "post-traumatic".equals(subgroup)
                ? Why.of(judged.indication().basis().used())
                : group("peripheral-nerve-injury");
    }

    private @Nullable Why trigeminal() {
        for (var diagnosis : chart.diagnoses) {
            boolean ours = diagnosis.field().startsWith("reasons") && !diagnosis.isRefuted();
            if (ours && (isTrigeminal(diagnosis) || chart.isNamed(diagnosis, IndicationRules.TRIGEMINAL))) {
                return Why.of(List.of(diagnosis.field() + ".concept"));
            }
        }
        return null;
    }

    private boolean isTrigeminal(Diagnosis diagnosis) {
        return diagnosis.concept().codes().stream()
                .anyMatch(code ->
                        IndicationRules.isOneOf(code, policy.indication().trigeminal()));
    }

    /**
     * A coded diagnosis that is no group of the clinic, and nothing that speaks for a neuropathic component. Text only is never
     * sent on, nor a code without words: a person reads it.
     */
    private @Nullable Why notNeuropathic() {
        boolean coded = chart.referral.reasons().stream()
                .filter(reason -> !Chart.label(reason.concept()).isBlank())
                .anyMatch(reason -> reason.concept().codes().stream()
                        .map(code -> CodeSystems.canonical(code.system()))
                        .anyMatch(system -> CodeSystems.SNOMED_CT.equals(system) || CodeSystems.isIcd(system)));
        if (judged.indication().certainty() != Certainty.NONE
                || !coded
                || chart.says("neuropathic-component")
                || screensPositive()) {
            return null;
        }
        return Why.of(List.of("reasons"));
    }

    /** Scores of DN4, painDETECT, LANSS and S-LANSS, which have no codes but names. Source: instruments.csv. */
    private boolean screensPositive() {
        return chart.referral.measurements().stream().anyMatch(measurement -> {
            var value = measurement.value();
            return value != null
                    && ((chart.measures(measurement.concept(), Measure.DN4) && reaches(value, "dn4-from"))
                            || (chart.measures(measurement.concept(), Measure.PAINDETECT)
                                    && reaches(value, "paindetect-from"))
                            || (chart.measures(measurement.concept(), Measure.LANSS) && reaches(value, "lanss-from")));
        });
    }

    private boolean reaches(BigDecimal value, String limit) {
        return value.compareTo(policy.limit(limit)) >= 0;
    }

    private @Nullable Why acute(BigDecimal days) {
        if (judged.indication().certainty() == Certainty.CODED) {
            return null;
        }
        for (var diagnosis : chart.diagnoses) {
            boolean ours = diagnosis.field().startsWith("reasons") && !diagnosis.isRefuted();
            if (ours && (chart.isCoded(diagnosis.concept(), "acute-pain") || isRecent(diagnosis, days))) {
                return Why.of(List.of(diagnosis.field()));
            }
        }
        return sign("acute-pain");
    }

    private boolean isRecent(Diagnosis diagnosis, BigDecimal days) {
        var began = Spans.begin(diagnosis.onset(), chart.today);
        return began != null && began.isAfter(chart.today.minusDays(days.longValue()));
    }

    private @Nullable Why underAge() {
        var age = chart.youngestAge();
        return age != null && BigDecimal.valueOf(age).compareTo(policy.limit("age-years-under")) < 0
                ? Why.of(List.of("patient.birthDate"))
                : null;
    }

    /** Only where the clinic has named a region and the person has an address: no word of it begins as the region does. */
    private @Nullable Why outsideRegion() {
        var addresses = chart.referral.patient().addresses();
        if (policy.region().isEmpty() || addresses.isEmpty()) {
            return null;
        }
        boolean inside = addresses.stream()
                .flatMap(address -> List.of(address.split("[\\s,]+")).stream())
                .anyMatch(word -> policy.region().stream()
                        .anyMatch(beginning ->
                                word.toUpperCase(Locale.ROOT).startsWith(beginning.toUpperCase(Locale.ROOT))));
        return inside ? null : Why.of(List.of("patient.addresses"));
    }

    private @Nullable Why missing() {
        var missing = judged.completeness().stream()
                .filter(CompletenessItem::mustBeAskedFor)
                .map(CompletenessItem::item)
                .toList();
        return missing.isEmpty() ? null : new Why(List.of(), missing);
    }
}
