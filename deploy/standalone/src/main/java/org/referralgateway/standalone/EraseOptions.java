package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.ErasureReason;

/**
 * Whose person is to be erased, and where.
 *
 * @param referrals those that belong together
 * @param data the folder of the run whose database it is
 * @param external whether it is the database that the environment names instead
 */
record EraseOptions(
        List<UUID> referrals, @Nullable ErasureReason reason, boolean sure, Path data, boolean external, boolean help) {
    static final String USAGE = """
            Usage: erase REFERRAL... --reason CODE --yes [--data DIR | --external] [--help]

            Destroys the key of a referral: nobody can read any more who it is about, in the database, on the topics or in a
            backup of the database. There is no way back. A running gateway does it; this waits until it has.

              REFERRAL       its id, as in its address: ServiceRequest/<id>, or <id> alone. Several where they belong together.
                             A request that waits, or waited in vain, is named by its Task: Task/<id>
              --reason CODE  person-asked, consent-withdrawn, retention-over, sent-in-error or legal-order
              --yes          you know that it cannot be undone
              --data DIR     the data folder of the run
              --external     take the database that SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and
                             SPRING_DATASOURCE_PASSWORD name
            """;

    static EraseOptions parse(List<String> arguments) {
        var referrals = new ArrayList<UUID>();
        ErasureReason reason = null;
        boolean sure = false;
        Path data = Path.of(".data");
        boolean external = false;
        boolean help = false;

        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--reason" -> reason = reason(Values.after(argument, rest, USAGE));
                case "--yes" -> sure = true;
                case "--data" -> data = Path.of(Values.after(argument, rest, USAGE));
                case "--external" -> external = true;
                case "--help" -> help = true;
                default -> referrals.add(referral(argument));
            }
        }
        if (!help && (referrals.isEmpty() || reason == null)) {
            throw new CannotStart("Say which referral, and why.\n\n" + USAGE);
        }
        if (!help && !sure) {
            throw new CannotStart("It cannot be undone. Say --yes if you are sure.");
        }
        return new EraseOptions(List.copyOf(referrals), reason, sure, data, external, help);
    }

    private static ErasureReason reason(String code) {
        return ErasureReason.of(code)
                .orElseThrow(() -> new CannotStart("There is no reason " + code + ".\n\n" + USAGE));
    }

    private static UUID referral(String value) {
        try {
            return UUID.fromString(value.replaceFirst("^(ServiceRequest|Task)/", ""));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("Unknown option or id " + value + ".\n\n" + USAGE);
        }
    }
}
