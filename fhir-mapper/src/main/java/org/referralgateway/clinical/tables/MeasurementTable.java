package org.referralgateway.clinical.tables;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which codes and names a measurement is known: {@code measurements.csv}. A row is a code of LOINC, of SNOMED CT or of any
 * system, or a {@code name}: the whole label, a {@code word} of it, or a {@code part} of it.
 */
public final class MeasurementTable {

    private static final String LOINC = "LOINC";
    private static final String SNOMED_CT = "SNOMED CT";
    private static final List<String> SYSTEMS = List.of(LOINC, SNOMED_CT, "any", "name", "word", "part");
    private static final Pattern LOINC_CODE = Pattern.compile("\\d{1,6}-\\d");

    private final Map<String, Measure> loinc = new HashMap<>();
    private final Map<String, Measure> snomed = new HashMap<>();
    private final Map<String, Measure> anywhere = new HashMap<>();
    private final Map<String, Measure> names = new HashMap<>();
    private final Map<Measure, Pattern> inLabels = new EnumMap<>(Measure.class);

    MeasurementTable(TableFile file) {
        var keys = new TableFile.Keys();
        file.rows().forEach(row -> add(row, keys));
    }

    private void add(TableFile.Row row, TableFile.Keys keys) {
        var measure = Measure.of(row.oneOf("measure", Measure.words()));
        var system = row.oneOf("system", SYSTEMS);
        var code = row.required("code");
        row.required("source");
        if (system.equals(LOINC) && !code.isEmpty() && !LOINC_CODE.matcher(code).matches()) {
            row.wrong("code", "is no LOINC code; write for example 8480-6");
        }
        if (system.equals(SNOMED_CT) && !code.isEmpty() && !CodeSystems.isSnomed(code)) {
            row.wrong("code", "is no SNOMED CT code, its check digit is wrong; look it up again");
        }
        if (measure == null || row.isFaulty() || !keys.isNew(row, "code", List.of(system, code))) {
            return;
        }
        switch (system) {
            case LOINC -> loinc.put(code, measure);
            case SNOMED_CT -> snomed.put(code, measure);
            case "any" -> anywhere.put(code, measure);
            case "name" -> names.put(code.toLowerCase(Locale.ROOT), measure);
            case "word" -> inLabel(measure, "(?<![\\p{L}\\d])" + Pattern.quote(code) + "(?![\\p{L}\\d])");
            default -> inLabel(measure, Pattern.quote(code));
        }
    }

    private void inLabel(Measure measure, String pattern) {
        inLabels.merge(
                measure,
                Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                (one, other) -> Pattern.compile(one.pattern() + "|" + other.pattern(), one.flags()));
    }

    /** What a code stands for; absent where no rule asks for it. */
    public @Nullable Measure ofCode(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        var found = CodeSystems.LOINC.equals(known)
                ? loinc.get(code)
                : CodeSystems.SNOMED_CT.equals(known) ? snomed.get(code) : null;
        return found == null ? anywhere.get(code) : found;
    }

    /** What a LOINC code stands for. */
    public @Nullable Measure ofLoinc(String code) {
        return loinc.get(code);
    }

    /** What a whole label stands for. */
    public @Nullable Measure named(String label) {
        return names.get(label.strip().toLowerCase(Locale.ROOT));
    }

    /** True where a label or a text names it, anywhere. */
    public boolean isNamedIn(@Nullable String text, Measure measure) {
        var pattern = inLabels.get(measure);
        return text != null && pattern != null && pattern.matcher(text).find();
    }
}
