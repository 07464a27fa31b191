package org.referralgateway.api.intake;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral;

/**
 * By what the same person is found again in another practice's words: a number with its system; the words of the name with
 * the birth date; the phone with the birth date. Half of one is no key.
 */
final class PersonKeys {

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Pattern MARK = Pattern.compile("\\p{M}+");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]+");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** Country and area prefixes are written in many ways; the end of a number is not. */
    private static final int END_OF_PHONE = 7;

    /** Beyond it, it is no name; and an index of the database holds only so much. */
    private static final int LONGEST_NAME = 400;

    private PersonKeys() {}

    static List<String> of(Referral.Patient patient) {
        var keys = new LinkedHashSet<String>();
        patient.identifiers().stream()
                .filter(number -> number.system() != null)
                .forEach(number -> keys.add("number:" + number.token()));
        var born = patient.birthDate();
        if (born != null && DAY.matcher(born).matches()) {
            var name = name(patient.name());
            if (name != null) {
                keys.add("name:" + name + "|" + born);
            }
            patient.phones().stream()
                    .map(PersonKeys::endOfPhone)
                    .filter(end -> end.length() == END_OF_PHONE)
                    .forEach(end -> keys.add("phone:" + end + "|" + born));
        }
        return List.copyOf(keys);
    }

    /** The words in alphabetical order, without accents, so that "Nutt, Hazel" is "hazel nutt"; one word alone is no name. */
    private static @Nullable String name(@Nullable String sent) {
        if (sent == null || sent.length() > LONGEST_NAME) {
            return null;
        }
        var plain =
                MARK.matcher(Normalizer.normalize(sent, Normalizer.Form.NFD)).replaceAll("");
        var words = Arrays.stream(NO_LETTER.split(plain.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .sorted()
                .toList();
        return words.size() < 2 ? null : words.stream().collect(Collectors.joining(" "));
    }

    private static String endOfPhone(String phone) {
        var digits = NO_DIGIT.matcher(phone).replaceAll("");
        return digits.substring(Math.max(0, digits.length() - END_OF_PHONE));
    }
}
