package org.referralgateway.standalone;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are to be sent again, and where they are. What is not given does not matter.
 *
 * @param since sent at this time or later
 * @param until sent before this time
 * @param data the folder of the run whose database it is
 * @param external whether it is the database that the environment names instead
 */
record ResendOptions(
        @Nullable UUID referral,
        @Nullable OffsetDateTime since,
        @Nullable OffsetDateTime until,
        @Nullable String topic,
        Path data,
        boolean external,
        boolean help) {
    static final String USAGE = """
            Usage: resend (--referral ID | --since TIME [--until TIME]) [--topic NAME] [--data DIR | --external] [--help]

            Marks events that were sent to be sent again, with the same ids. A running gateway does that at once.

              --referral ID  all of this referral
              --since TIME   all that were sent at this time or later, such as 2026-11-20T08:00Z
              --until TIME   and before this time
              --topic NAME   only those of one topic, such as referral.events.v1
              --data DIR     the data folder of the run whose events they are
              --external     take the database that SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and
                             SPRING_DATASOURCE_PASSWORD name
            """;

    static ResendOptions parse(List<String> arguments) {
        UUID referral = null;
        OffsetDateTime since = null;
        OffsetDateTime until = null;
        String topic = null;
        Path data = Path.of(".data");
        boolean external = false;
        boolean help = false;

        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--referral" -> referral = referral(Values.after(argument, rest, USAGE));
                case "--since" -> since = time(argument, Values.after(argument, rest, USAGE));
                case "--until" -> until = time(argument, Values.after(argument, rest, USAGE));
                case "--topic" -> topic = Values.after(argument, rest, USAGE);
                case "--data" -> data = Path.of(Values.after(argument, rest, USAGE));
                case "--external" -> external = true;
                case "--help" -> help = true;
                default -> throw new CannotStart("Unknown option " + argument + ".\n\n" + USAGE);
            }
        }
        if (!help && referral == null && since == null) {
            throw new CannotStart("Say which events: --referral or --since.\n\n" + USAGE);
        }
        return new ResendOptions(referral, since, until, topic, data, external, help);
    }

    private static UUID referral(String value) {
        try {
            return UUID.fromString(value.replaceFirst("^ServiceRequest/", ""));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    "--referral needs the id of a referral, as in its address: ServiceRequest/<id>, or <id> alone.");
        }
    }

    private static OffsetDateTime time(String option, String value) {
        try {
            return OffsetDateTime.parse(value);
        } catch (DateTimeParseException e) {
            throw new CannotStart(option + " needs a time with its zone, such as 2026-11-20T08:00Z or"
                    + " 2026-11-20T09:00:00+01:00.");
        }
    }
}
