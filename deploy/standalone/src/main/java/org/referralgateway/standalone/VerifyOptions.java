package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified, and against what.
 *
 * @param key the public key, or a file that holds it
 * @param kept files with checkpoints that were kept elsewhere, or folders of such files
 * @param export a zip or a folder with an export
 * @param jdbcUrl a database to read directly instead
 * @param data the data folder of a run on this computer, whose database and checkpoint folder are taken
 */
record VerifyOptions(
        @Nullable String key,
        List<Path> kept,
        @Nullable Path export,
        @Nullable String jdbcUrl,
        String user,
        @Nullable Path data,
        boolean help) {
    static final String USAGE = """
            Usage: verify-audit --key KEY [--kept FILE ...] (--export FILE | --jdbc URL [--user NAME] | --data DIR)

            Verifies the audit trail without asking the gateway. Trusts the key and the kept checkpoints only.

              --key KEY      the trail's public key, or a file that holds it; you were given it when the trail began
              --kept FILE    checkpoints that were kept outside of the database, one file or a folder of them; may be
                             given several times. Without one, a trail that was set back or computed anew with the
                             stolen key is not found
              --export FILE  an export: the zip, or a folder with its files
              --jdbc URL     read the database instead, as --user (default referral_auditor), password in PGPASSWORD
              --data DIR     the database of the run on that data folder; its checkpoint folder is taken as --kept, and
                             without --key the key of that run

            Ends with 0 where the trail is intact, 1 where it is not, 2 where it could not be looked at.
            """;

    static VerifyOptions parse(List<String> arguments) {
        String key = null;
        var kept = new ArrayList<Path>();
        Path export = null;
        String jdbcUrl = null;
        String user = ReferralDatabase.AUDITOR;
        Path data = null;
        boolean help = false;
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--key" -> key = Values.after(argument, rest, USAGE);
                case "--kept" -> kept.add(Path.of(Values.after(argument, rest, USAGE)));
                case "--export" -> export = Path.of(Values.after(argument, rest, USAGE));
                case "--jdbc" -> jdbcUrl = Values.after(argument, rest, USAGE);
                case "--user" -> user = Values.after(argument, rest, USAGE);
                case "--data" -> data = Path.of(Values.after(argument, rest, USAGE));
                case "--help", "-h" -> help = true;
                default -> throw new CannotStart("Unknown option " + argument + ".\n\n" + USAGE);
            }
        }
        int sources = (export == null ? 0 : 1) + (jdbcUrl == null ? 0 : 1) + (data == null ? 0 : 1);
        if (!help && sources != 1) {
            throw new CannotStart("Say what to verify: --export, --jdbc or --data.\n\n" + USAGE);
        }
        if (!help && key == null && data == null) {
            throw new CannotStart("Say by which key: --key.\n\n" + USAGE);
        }
        return new VerifyOptions(key, List.copyOf(kept), export, jdbcUrl, user, data, help);
    }
}
