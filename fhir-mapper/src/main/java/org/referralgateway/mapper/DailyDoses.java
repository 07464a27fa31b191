package org.referralgateway.mapper;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.DoseText;
import org.referralgateway.clinical.tables.Strength;
import org.referralgateway.clinical.tables.Units;
import org.referralgateway.mapper.Referral.Dosing;

/**
 * How much of a drug is taken in a day: dose times how often, from the elements of a Dosage, else from its text. Units are
 * converted by UCUM's library. What cannot be computed is absent, never guessed. Several dosages are added; those with different
 * sequence numbers are steps, of which the highest counts.
 */
final class DailyDoses {

    private static final BigDecimal HOURS = BigDecimal.valueOf(24);
    private static final Pattern PER_HOUR = Pattern.compile("/\\s*\\d*\\s*(?:h|hr|hrs|hour|hours)$");

    /** Units of what is counted, as UCUM's annotations and in words. */
    private static final Set<String> PIECES = Set.of(
            "",
            "1",
            "{tbl}",
            "{tablet}",
            "{cap}",
            "{capsule}",
            "{pill}",
            "{dose}",
            "{patch}",
            "tab",
            "tabs",
            "tablet",
            "tablets",
            "cap",
            "caps",
            "capsule",
            "capsules",
            "pill",
            "patch",
            "patches",
            "tbl",
            "pills",
            "piece",
            "tablette",
            "kapsel",
            "stk");

    /** How often a day; codes of HL7's GTSAbbreviation, which Timing.code is bound to. */
    private static final Map<String, BigDecimal> TIMES = Map.ofEntries(
            Map.entry("QD", BigDecimal.ONE),
            Map.entry("AM", BigDecimal.ONE),
            Map.entry("PM", BigDecimal.ONE),
            Map.entry("BED", BigDecimal.ONE),
            Map.entry("BID", BigDecimal.valueOf(2)),
            Map.entry("TID", BigDecimal.valueOf(3)),
            Map.entry("QID", BigDecimal.valueOf(4)),
            Map.entry("QOD", new BigDecimal("0.5")),
            Map.entry("Q1H", HOURS),
            Map.entry("Q2H", BigDecimal.valueOf(12)),
            Map.entry("Q3H", BigDecimal.valueOf(8)),
            Map.entry("Q4H", BigDecimal.valueOf(6)),
            Map.entry("Q6H", BigDecimal.valueOf(4)),
            Map.entry("Q8H", BigDecimal.valueOf(3)));

    private static final Map<UnitsOfTime, BigDecimal> DAYS_IN = Map.of(
            UnitsOfTime.D, BigDecimal.ONE,
            UnitsOfTime.WK, BigDecimal.valueOf(7),
            UnitsOfTime.MO, BigDecimal.valueOf(30),
            UnitsOfTime.A, BigDecimal.valueOf(365));

    private final @Nullable Strength strength;

    /**
     * @param strength of one piece of the product, where it is known
     */
    DailyDoses(@Nullable Strength strength) {
        this.strength = strength;
    }

    /** Absent where none of the dosages says enough. */
    @Nullable
    Dosing of(List<Dosage> dosages) {
        Dosing whole = null;
        boolean steps = dosages.stream()
                        .map(dosage ->
                                String.valueOf(dosage.getSequenceElement().getValue()))
                        .distinct()
                        .count()
                > 1;
        for (var dosage : dosages) {
            var one = of(dosage);
            if (one == null && !steps) {
                return null; // A part of the day's dose is unknown, so the whole is.
            }
            if (one != null) {
                whole = whole == null ? one : steps ? higher(whole, one) : sum(whole, one);
            }
        }
        return whole;
    }

    /** Of a text that may say a dose besides other things, such as a note. */
    @Nullable
    Dosing of(@Nullable String text) {
        return text == null
                ? null
                : DoseText.of(text, strength)
                        .map(daily -> new Dosing(daily.least(), daily.most(), daily.unit(), daily.asNeeded(), null))
                        .orElse(null);
    }

    private static @Nullable Dosing sum(Dosing one, Dosing other) {
        return one.unit().equals(other.unit())
                ? new Dosing(
                        one.perDay().add(other.perDay()),
                        one.atMost().add(other.atMost()),
                        one.unit(),
                        one.asNeeded() && other.asNeeded(),
                        one.route())
                : null;
    }

    private static Dosing higher(Dosing one, Dosing other) {
        return one.atMost().compareTo(other.atMost()) >= 0 ? one : other;
    }

    private @Nullable Dosing of(Dosage dosage) {
        boolean asNeeded = isAsNeeded(dosage);
        var route = Values.text(dosage.getRoute());
        var limit = limit(dosage.getMaxDosePerPeriod(), asNeeded, route);
        var structured = structured(dosage, asNeeded, route);
        if (structured != null) {
            return asNeeded && limit != null ? limit : structured;
        }
        if (limit != null) {
            return limit;
        }
        var said =
                dosage.getText() != null ? of(dosage.getText()) : of(Values.nonBlank(dosage.getPatientInstruction()));
        return said == null
                ? null
                : new Dosing(said.perDay(), said.atMost(), said.unit(), asNeeded || said.asNeeded(), route);
    }

    static boolean isAsNeeded(Dosage dosage) {
        return switch (dosage.getAsNeeded()) {
            case BooleanType needed -> Boolean.TRUE.equals(needed.getValue());
            case CodeableConcept ignored -> true;
            case null, default -> false;
        };
    }

    /** Not more than so much in so many days. */
    private @Nullable Dosing limit(Ratio most, boolean asNeeded, @Nullable String route) {
        var amount = amount(most.getNumerator());
        var days = days(most.getDenominator());
        if (amount == null || days == null || amount.perHour()) {
            return null;
        }
        var perDay = plain(amount.number().divide(days, MathContext.DECIMAL64));
        return new Dosing(asNeeded ? BigDecimal.ZERO : perDay, perDay, amount.unit(), asNeeded, route);
    }

    private static @Nullable BigDecimal days(Quantity time) {
        if (time.getValue() == null || time.getValue().signum() <= 0) {
            return null;
        }
        return Units.in("d", time.getValue(), unit(time));
    }

    private @Nullable Dosing structured(Dosage dosage, boolean asNeeded, @Nullable String route) {
        if (dosage.getDoseAndRate().isEmpty()) {
            return null;
        }
        var doseAndRate = dosage.getDoseAndRateFirstRep();
        var least = amount(low(doseAndRate.getDose()));
        var most = amount(high(doseAndRate.getDose()));
        if (doseAndRate.getRate() instanceof Quantity rate) {
            least = amount(rate);
            most = least;
        } else if (doseAndRate.getRate() instanceof Ratio rate) {
            least = rate(rate);
            most = least;
        }
        if (least == null || most == null) {
            return null;
        }
        if (least.perHour()) {
            return new Dosing(plain(least.number()), plain(most.number()), "ug/h", asNeeded, route);
        }
        if (least.unit().equals("mg a day")) {
            return new Dosing(plain(least.number()), plain(most.number()), "mg", asNeeded, route);
        }
        var often = frequency(dosage.getTiming(), false);
        var oftenAtMost = frequency(dosage.getTiming(), true);
        if (often == null || oftenAtMost == null) {
            var inText = dosage.getText() != null ? DoseText.frequencyIn(dosage.getText()) : null;
            if (inText == null) {
                return null;
            }
            often = inText;
            oftenAtMost = inText;
        }
        return new Dosing(
                plain(least.number().multiply(often)),
                plain(most.number().multiply(oftenAtMost)),
                least.unit(),
                asNeeded,
                route);
    }

    private static @Nullable Quantity low(org.hl7.fhir.r4.model.@Nullable Type dose) {
        return switch (dose) {
            case Quantity quantity -> quantity;
            case Range range -> range.getLow().getValue() != null ? range.getLow() : range.getHigh();
            case null, default -> null;
        };
    }

    private static @Nullable Quantity high(org.hl7.fhir.r4.model.@Nullable Type dose) {
        return dose instanceof Range range && range.getHigh().getValue() != null ? range.getHigh() : low(dose);
    }

    /** An amount in milligrams, in milligrams a day, in pieces of unknown strength, or in micrograms an hour. */
    private record Amount(BigDecimal number, String unit, boolean perHour) {}

    /** So much in so much time, whether the time is in the denominator's unit or its number: 600 mg in 8 hours. */
    private static @Nullable Amount rate(Ratio rate) {
        var much = rate.getNumerator().getValue();
        var time = rate.getDenominator().getValue();
        return much == null || time == null || time.signum() <= 0
                ? null
                : rate(
                        much.divide(time, MathContext.DECIMAL64),
                        unit(rate.getNumerator()) + "/" + unit(rate.getDenominator()));
    }

    /** By the hour is how patches give; any other time is that of a day's dose. */
    private static @Nullable Amount rate(BigDecimal number, String unit) {
        if (PER_HOUR.matcher(unit).find()) {
            var hourly = Units.in("ug/h", number, unit);
            return hourly == null ? null : new Amount(hourly, "ug/h", true);
        }
        var daily = Units.in("mg/d", number, unit);
        return daily == null ? null : new Amount(daily, "mg a day", false);
    }

    private @Nullable Amount amount(@Nullable Quantity dose) {
        if (dose == null || dose.getValue() == null || dose.getValue().signum() <= 0) {
            return null;
        }
        var unit = unit(dose);
        if (PIECES.contains(unit)) {
            return piece(dose.getValue());
        }
        if (unit.contains("/")) {
            return rate(dose.getValue(), unit);
        }
        var milligrams = Units.in("mg", dose.getValue(), unit);
        if (milligrams != null) {
            return new Amount(milligrams, "mg", false);
        }
        var millilitres = Units.in("mL", dose.getValue(), unit);
        return millilitres == null ? null : of(millilitres, Strength.Per.MILLILITRE);
    }

    private @Nullable Amount piece(BigDecimal number) {
        if (strength != null && strength.per() == Strength.Per.HOUR) {
            return of(number, Strength.Per.HOUR);
        }
        var known = of(number, Strength.Per.PIECE);
        return known == null ? new Amount(number, "piece", false) : known;
    }

    private @Nullable Amount of(BigDecimal number, Strength.Per per) {
        if (strength == null || strength.per() != per) {
            return null;
        }
        boolean hourly = per == Strength.Per.HOUR;
        return new Amount(number.multiply(strength.amount()), hourly ? "ug/h" : "mg", hourly);
    }

    private static String unit(Quantity quantity) {
        var unit =
                quantity.getCode() != null ? quantity.getCode() : quantity.getUnit() != null ? quantity.getUnit() : "";
        return unit.strip().toLowerCase(Locale.ROOT);
    }

    /** How often a day. */
    private static @Nullable BigDecimal frequency(Timing timing, boolean atMost) {
        var repeat = timing.getRepeat();
        if (repeat.getPeriod() != null && repeat.getPeriod().signum() > 0 && repeat.getPeriodUnit() != null) {
            int least = Math.max(
                    count(repeat.getFrequencyElement()), repeat.getWhen().size());
            int most = atMost ? Math.max(least, count(repeat.getFrequencyMaxElement())) : least;
            var often = BigDecimal.valueOf(Math.max(1, most));
            var days = repeat.getPeriodUnit() == UnitsOfTime.H
                    ? repeat.getPeriod().divide(HOURS, MathContext.DECIMAL64)
                    : repeat.getPeriodUnit() == UnitsOfTime.MIN
                            ? null
                            : DAYS_IN.containsKey(repeat.getPeriodUnit())
                                    ? repeat.getPeriod().multiply(DAYS_IN.get(repeat.getPeriodUnit()))
                                    : null;
            return days == null ? null : often.divide(days, MathContext.DECIMAL64);
        }
        if (!repeat.getWhen().isEmpty()) {
            return BigDecimal.valueOf(repeat.getWhen().size());
        }
        if (!repeat.getTimeOfDay().isEmpty()) {
            return BigDecimal.valueOf(repeat.getTimeOfDay().size());
        }
        for (var code : timing.getCode().getCoding()) {
            var times = code.getCode() == null ? null : TIMES.get(code.getCode());
            if (times != null) {
                return times;
            }
        }
        return timing.getCode().getText() != null
                ? DoseText.frequencyIn(timing.getCode().getText())
                : null;
    }

    /** Zero where there is none, or none that is a number. */
    private static int count(PositiveIntType number) {
        return number.getValue() == null ? 0 : number.getValue();
    }

    /** How many days a duration has; absent where it is in no unit of time that is known. */
    static @Nullable Integer days(Duration duration) {
        if (duration.getValue() == null) {
            return null;
        }
        var factor = switch (unit(duration)) {
            case "d", "day", "days" -> 1;
            case "wk", "week", "weeks" -> 7;
            case "mo", "month", "months" -> 30;
            case "a", "year", "years" -> 365;
            default -> 0;
        };
        return factor == 0 || duration.getValue().compareTo(BigDecimal.valueOf(1000)) > 0
                ? null
                : duration.getValue().multiply(BigDecimal.valueOf(factor)).intValue();
    }

    /** How long it is to be taken, as the dosages say. */
    static @Nullable Integer bounds(List<Dosage> dosages) {
        for (var dosage : dosages) {
            if (dosage.getTiming().getRepeat().getBounds() instanceof Duration duration) {
                return days(duration);
            }
        }
        return null;
    }

    private static BigDecimal plain(BigDecimal number) {
        var rounded = number.round(new MathContext(8)).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
