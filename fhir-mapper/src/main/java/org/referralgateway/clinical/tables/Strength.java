package org.referralgateway.clinical.tables;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a drug one piece of a product holds, or one millilitre, or how much a patch gives in an hour.
 *
 * @param amount in milligrams; for patches in micrograms
 * @param per what holds it
 */
public record Strength(BigDecimal amount, Per per) {

    /** What an amount is in. */
    public enum Per {
        PIECE,
        MILLILITRE,
        HOUR
    }

    private static final Pattern AMOUNT = Pattern.compile(
            "(\\d+(?:[.,]\\d+)?)\\s*(mg|mcg|micrograms?|\u00b5g|\u03bcg|ug|milligrams?|g)\\b"
                    + "(?:\\s*(?:/|per)\\s*(\\d+(?:\\.\\d+)?)?\\s*(ml|hr|hour|h)\\b)?",
            Pattern.CASE_INSENSITIVE);
    /** Together with paracetamol, whose amount comes second: co-codamol 30/500, oxycodone-acetaminophen 5-325 mg. */
    private static final Pattern COMBINED = Pattern.compile(
            "(?<![\\d.,])(\\d{1,2}(?:[.,]\\d)?)\\s*(?:mg)?\\s*[-/]\\s*(?:300|325|500|650)(?![\\d.])",
            Pattern.CASE_INSENSITIVE);

    /** Two drugs in one piece, the opioid first: Targin 20/10 mg; with paracetamol first its amount is the other one. */
    private static final Pattern FIRST_OF_TWO = Pattern.compile(
            "\\b(?!(?:300|325|500|650)\\b)(\\d{1,3}(?:[.,]\\d)?)\\s*(?:mg)?\\s*/\\s*\\d{1,3}(?:[.,]\\d)?\\s*mg\\b",
            Pattern.CASE_INSENSITIVE);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    /**
     * Reads it off a product's name, such as {@code acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet}.
     *
     * @param drug whose part of a combination is meant
     */
    public static @Nullable Strength of(String drug, String product) {
        if (product.startsWith("{")) {
            return null; // A pack of several strengths.
        }
        var combined = COMBINED.matcher(product);
        if (combined.find()) {
            return new Strength(plain(new BigDecimal(combined.group(1).replace(',', '.'))), Per.PIECE);
        }
        var first = FIRST_OF_TWO.matcher(product);
        if (first.find()) {
            return new Strength(plain(new BigDecimal(first.group(1).replace(',', '.'))), Per.PIECE);
        }
        var parts = product.split(" / ", -1);
        for (var part : parts) {
            if (parts.length == 1 || part.toLowerCase(Locale.ROOT).contains(drug)) {
                var amount = AMOUNT.matcher(part);
                if (amount.find()) {
                    return of(amount);
                }
            }
        }
        return null;
    }

    private static @Nullable Strength of(Matcher amount) {
        var number = new BigDecimal(amount.group(1).replace(',', '.'));
        var unit = amount.group(2).toLowerCase(Locale.ROOT);
        boolean micro = !unit.equals("mg") && !unit.startsWith("mill") && !unit.equals("g");
        var per = amount.group(4) == null ? "" : amount.group(4).toLowerCase(Locale.ROOT);
        if (amount.group(3) != null && new BigDecimal(amount.group(3)).signum() > 0) {
            number = number.divide(new BigDecimal(amount.group(3)), java.math.MathContext.DECIMAL32);
        }
        if (per.startsWith("h")) {
            return new Strength(plain(micro ? number : number.multiply(THOUSAND)), Per.HOUR);
        }
        var milligrams = micro ? number.divide(THOUSAND) : unit.equals("g") ? number.multiply(THOUSAND) : number;
        return new Strength(plain(milligrams), per.equals("ml") ? Per.MILLILITRE : Per.PIECE);
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
