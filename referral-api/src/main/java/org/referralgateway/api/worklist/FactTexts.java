package org.referralgateway.api.worklist;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Lineage;

/** Says what a conclusion rests on: a field's name such as {@code treatments[2].stop} becomes what the referral says there. */
public final class FactTexts {

    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)\\[(\\d+)](?:\\.([A-Za-z]+))?.*");

    private final Referral referral;

    FactTexts(Referral referral) {
        this.referral = referral;
    }

    /** What stands in a field; the field's name where that is no item of a list. */
    public String of(String field) {
        var matcher = FIELD.matcher(field);
        if (!matcher.matches()) {
            return spelledOut(field);
        }
        int index = Integer.parseInt(matcher.group(2));
        var item = switch (matcher.group(1)) {
            case "reasons" ->
                item(referral.reasons(), index, reason -> reason.concept().label());
            case "problems" ->
                item(referral.problems(), index, problem -> problem.concept().label());
            case "treatments" -> item(referral.treatments(), index, FactTexts::treatment);
            case "procedures" ->
                item(
                        referral.procedures(),
                        index,
                        procedure -> procedure.concept().label());
            case "allergies" ->
                item(referral.allergies(), index, allergy -> allergy.concept().label());
            case "measurements" -> item(referral.measurements(), index, FactTexts::measurement);
            case "documents" ->
                item(referral.documents(), index, document -> document.kind().label());
            case "notes" -> item(referral.notes(), index, note -> "note of the referrer");
            default -> matcher.group(1) + " " + (index + 1);
        };
        return matcher.group(3) == null ? item : item + ", " + spelledOut(matcher.group(3));
    }

    private static <T> String item(List<T> items, int index, Function<T, String> text) {
        var said = index < items.size() ? text.apply(items.get(index)) : "";
        return said.isBlank() ? "number " + (index + 1) : said;
    }

    private static String treatment(Referral.Treatment treatment) {
        return Stream.of(treatment.medication().label(), treatment.dose())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(", "));
    }

    private static String measurement(Referral.Measurement measurement) {
        var value = measurement.value() == null
                ? measurement.text()
                : measurement.value().toPlainString();
        var when = measurement.effective() == null ? "" : ", " + measurement.effective();
        return measurement.concept().label() + (value == null ? "" : ": " + value) + when;
    }

    /** Where in the payload the field came from: FHIRPaths, at most three. */
    public List<String> sources(String field) {
        return referral.lineage().stream()
                .filter(line -> line.field().equals(field) || line.field().startsWith(field + "."))
                .map(Lineage::source)
                .distinct()
                .limit(3)
                .toList();
    }

    /** Names of what was not there, without their places. */
    public String names(List<String> missing) {
        return missing.stream()
                .map(name -> FIELD.matcher(name).matches() ? of(name) : spelledOut(name))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** What was found, the most serious first; items about which nothing was sent are left to {@link #notAssessed}. */
    public List<ScreeningFinding> foundFirst(List<ScreeningFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() != ScreeningLevel.NOT_ASSESSED)
                .sorted(Comparator.comparing(ScreeningFinding::level))
                .toList();
    }

    /** Items about which nothing was sent. */
    public List<String> notAssessed(List<ScreeningFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == ScreeningLevel.NOT_ASSESSED)
                .map(ScreeningFinding::item)
                .distinct()
                .toList();
    }

    private static String spelledOut(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2")
                .replace('-', ' ')
                .replace('.', ' ')
                .toLowerCase(java.util.Locale.ROOT);
    }
}
