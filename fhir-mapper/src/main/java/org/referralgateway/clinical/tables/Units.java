package org.referralgateway.clinical.tables;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.jspecify.annotations.Nullable;

/**
 * Units of UCUM, by its library: which may leave the database, and conversion into those that the policy's limits and the target
 * doses are in.
 */
public final class Units {

    public static final String PRESSURE = "mm[Hg]";
    public static final String ENZYME = "U/L";
    public static final String BILIRUBIN = "mg/dL";

    /** What UCUM lets a writer remark about a unit, in words of her own. */
    private static final Pattern ANNOTATION = Pattern.compile("\\{[^{}]*}");

    private static final Pattern UCUM = Pattern.compile("[A-Za-z0-9%/\\[\\]'\"().*_+-]{1,20}");

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

    /** A unit as it may leave the database: UCUM's, without annotations. Absent where anything else was sent: that is a sender's text. */
    public static @Nullable String ucum(@Nullable String unit) {
        if (unit == null) {
            return null;
        }
        var plain = unit.indexOf('{') < 0 ? unit : ANNOTATION.matcher(unit).replaceAll("");
        return UCUM.matcher(plain).matches() && SERVICE.validate(plain) == null ? plain : null;
    }

    /** In the wanted unit; as it is where none was sent, or one that nobody can convert. */
    public static BigDecimal converted(BigDecimal value, @Nullable String unit, String wanted) {
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

    /**
     * In the wanted unit; absent where it is of another kind, or no unit.
     *
     * @param unit of UCUM, or as people write one: mcg, grams, mg/day
     */
    public static @Nullable BigDecimal in(String wanted, BigDecimal value, String unit) {
        return unit.equals(wanted) ? value : convert(value, dose(unit), wanted);
    }

    private static @Nullable BigDecimal convert(BigDecimal value, String unit, String wanted) {
        if (unit.equals(wanted)) {
            return value;
        }
        if (unit.isEmpty()) {
            return null;
        }
        try {
            var converted = SERVICE.convert(new Decimal(value.toPlainString(), DIGITS), unit, wanted);
            return new BigDecimal(converted.asDecimal()).round(new java.math.MathContext(6));
        } catch (UcumException | NumberFormatException e) {
            return null; // Not of this kind, or no unit at all.
        }
    }

    /** Masses, volumes and times of doses, each side of a stroke by itself. */
    private static String dose(String unit) {
        var parts = plain(unit).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = switch (parts[i].toLowerCase(Locale.ROOT)) {
                case "mg", "milligram", "milligrams" -> "mg";
                case "g", "gm", "gram", "grams" -> "g";
                case "ug", "mcg", "microgram", "micrograms" -> "ug";
                case "ml", "milliliter", "milliliters", "millilitre", "millilitres" -> "mL";
                case "h", "hr", "hrs", "hour", "hours" -> "h";
                case "d", "day", "days", "24h", "24.h" -> "d";
                case "wk", "week", "weeks" -> "wk";
                default -> parts[i];
            };
        }
        return String.join("/", parts);
    }

    private static String plain(String unit) {
        return unit.strip().replace('\u00b5', 'u').replace('\u03bc', 'u').replace(" ", "");
    }

    /** As UCUM writes what people write. */
    private static String written(String unit) {
        var plain = plain(unit);
        return switch (plain.toLowerCase(Locale.ROOT)) {
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
