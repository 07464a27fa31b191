package org.referralgateway.clinical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.referralgateway.clinical.Chart.Diagnosis;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.clinical.tables.Phrases;
import org.referralgateway.clinical.tables.RedFlagTable.Flag;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.RedFlag;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;

/**
 * What must not wait and is not for this clinic: by code, by words, by a hold of suicidality, and by blood pressure. Source: the
 * clinic's reference notes, section 6, {@code emergency-redirect}; the table {@code red_flags.csv}.
 */
final class RedFlagRules {

    private static final String HYPERTENSIVE = "hypertensive-emergency";

    private final Chart chart;
    private final ClinicalTables tables;
    private final ClinicalPolicy policy;
    private final Map<String, Found> found = new LinkedHashMap<>();

    private record Found(String rule, Set<String> used) {}

    private RedFlagRules(Chart chart, ClinicalTables tables, ClinicalPolicy policy) {
        this.chart = chart;
        this.tables = tables;
        this.policy = policy;
    }

    static List<RedFlag> flags(
            Chart chart, List<ScreeningFinding> screening, ClinicalTables tables, ClinicalPolicy policy) {
        var rules = new RedFlagRules(chart, tables, policy);
        screening.forEach(rules::hold);
        chart.diagnoses.forEach(rules::diagnosis);
        chart.texts.forEach(text -> rules.words(text));
        rules.bloodPressure();
        var flags = new ArrayList<RedFlag>();
        rules.found.forEach((name, why) ->
                flags.add(new RedFlag(name, new Basis(why.rule(), List.copyOf(why.used()), List.of()))));
        return flags;
    }

    private void say(String flag, String rule, String field) {
        found.computeIfAbsent(flag, any -> new Found(rule, new LinkedHashSet<>()))
                .used()
                .add(field);
    }

    private void hold(ScreeningFinding finding) {
        var flag = tables.redFlags().flagOfHold(finding.item());
        if (flag != null && finding.level() == ScreeningLevel.HOLD) {
            finding.basis().used().forEach(field -> say(flag, "hold-of-" + finding.item(), field));
        }
    }

    private void diagnosis(Diagnosis diagnosis) {
        if (diagnosis.isOver() || diagnosis.isRefuted()) {
            return;
        }
        var field = diagnosis.field() + ".concept";
        for (var code : diagnosis.concept().codes()) {
            var flag = tables.redFlags().flag(code.system(), code.code());
            if (flag != null && isNews(flag, diagnosis)) {
                say(flag.name(), "diagnosis", field);
            }
        }
        for (var mention : tables.redFlags().words().in(diagnosis.label())) {
            if (chart.stanceOfEvent(mention) == Stance.STATED && isNews(mention.meaning(), diagnosis)) {
                say(mention.meaning().name(), "words", field);
            }
        }
    }

    /** What began long ago is what the person lives with, not an emergency; an onset that is not known may be today. */
    private boolean isNews(Flag flag, Diagnosis diagnosis) {
        var days = flag.newWithinDays();
        var began = Dates.last(diagnosis.onset());
        if (began == null) {
            began = Spans.begin(diagnosis.onset(), chart.today);
        }
        return days == null || began == null || !began.isBefore(chart.today.minusDays(days));
    }

    /** "Since the accident in 2015": what the person lives with. */
    private boolean isNews(Phrases.Mention<Flag> mention) {
        return mention.meaning().newWithinDays() == null
                || mention.since() == null
                || mention.since() >= chart.today.getYear() - 1;
    }

    private void words(Chart.Text text) {
        for (var mention : tables.redFlags().words().in(text.words())) {
            if (text.answered(chart.stanceOfEvent(mention)) == Stance.STATED && isNews(mention)) {
                say(mention.meaning().name(), "words", text.field());
            }
        }
    }

    /** So high that organs are at risk; an old reading says nothing about today. */
    private void bloodPressure() {
        pressure(Measure.SYSTOLIC, "hypertensive-emergency-systolic-from");
        pressure(Measure.DIASTOLIC, "hypertensive-emergency-diastolic-from");
    }

    private void pressure(Measure measure, String limit) {
        for (var reading : Readings.newest(chart.readings.of(measure))) {
            boolean old = reading.day() != null
                    && reading.day()
                            .isBefore(chart.today.minusDays(
                                    policy.limit("stale-days").longValue()));
            if (!old && reading.value() != null && reading.value().compareTo(policy.limit(limit)) >= 0) {
                say(HYPERTENSIVE, "blood-pressure", reading.field());
            }
        }
    }
}
