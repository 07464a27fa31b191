package org.referralgateway.clinical;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicFile;

/** Units of UCUM, by its library: which may leave the database, and conversion into those that the policy's limits are in. */
final class Units {

    static final String PRESSURE = "mm[Hg]";
    static final String ENZYME = "U/L";
    static final String BILIRUBIN = "mg/dL";

    /** Short and made of few characters; anything else is a sender's text. */
    private static final Pattern UCUM = Pattern.compile("[A-Za-z0-9%/\\[\\]{}().*_-]{1,20}");

    /** Micromoles of bilirubin in a litre that weigh a milligram in a decilitre: its molar mass is 584.7 g/mol. */
    private static final BigDecimal MICROMOLES_BILIRUBIN = new BigDecimal("17.1");

    /** The library rounds to the digits that it is told a number has. */
    private static final int DIGITS = 24;

    private static final UcumService SERVICE = service();

    private Units() {}

    private static UcumService service() {
        try {
            var units = ClinicFile.ofLibrary(UcumService.class, "/ucum-essence.xml");
            return new UcumEssenceService(new ByteArrayInputStream(units));
        } catch (UcumException e) {
            throw new IllegalStateException("The table of UCUM's units cannot be read.", e);
        }
    }

    static @Nullable String ucum(@Nullable String unit) {
        return unit != null && UCUM.matcher(unit).matches() ? unit : null;
    }

    /** In the wanted unit; as it is where none was sent, or one that nobody can convert. */
    static BigDecimal converted(BigDecimal value, @Nullable String unit, String wanted) {
        if (unit == null || unit.equals(wanted)) {
            return value;
        }
        var written = written(unit);
        if (written.equals(wanted)) {
            return value;
        }
        var molar = wanted.equals(BILIRUBIN) ? convert(value, written, "umol/L") : null;
        if (molar != null) {
            return molar.divide(MICROMOLES_BILIRUBIN, new java.math.MathContext(6));
        }
        var converted = convert(value, written, wanted);
        return converted == null ? value : converted;
    }

    private static @Nullable BigDecimal convert(BigDecimal value, String unit, String wanted) {
        try {
            var converted = SERVICE.convert(new Decimal(value.toPlainString(), DIGITS), unit, wanted);
            return new BigDecimal(converted.asDecimal()).round(new java.math.MathContext(6));
        } catch (UcumException | NumberFormatException e) {
            return null; // Not of this kind, or no unit at all.
        }
    }

    /** As UCUM writes what people write. */
    private static String written(String unit) {
        var plain = unit.strip().replace('\u00b5', 'u').replace('\u03bc', 'u').replace(" ", "");
        return switch (plain.toLowerCase(java.util.Locale.ROOT)) {
            case "mmhg", "mm(hg)", "torr", "mm[hg]" -> PRESSURE;
            case "kpa" -> "kPa";
            case "iu/l", "ui/l", "u/l", "units/l", "[iu]/l" -> ENZYME;
            case "ukat/l", "mckat/l" -> "ukat/L";
            case "umol/l", "mcmol/l", "micromol/l" -> "umol/L";
            case "mg/dl" -> BILIRUBIN;
            default -> plain;
        };
    }
}
