package org.referralgateway.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.referralgateway.api.audit.StoredTrail;
import org.referralgateway.embedded.EmbeddedPostgres;
import org.referralgateway.embedded.Secrets;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.NoteSigner;
import org.referralgateway.trail.SignedNote;
import org.referralgateway.trail.TrailCheck;

/** Verifies the audit trail offline. Starts no Spring and asks no gateway. */
public final class VerifyAudit {
    private static final String ORIGIN = "referral-gateway";

    private VerifyAudit() {}

    public static void main(String... arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** The exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            var options = VerifyOptions.parse(arguments);
            if (options.help()) {
                out.print(VerifyOptions.USAGE);
                return 0;
            }
            var report = verify(options);
            print(report, out);
            return report.isIntact() ? 0 : 1;
        } catch (CannotStart e) {
            err.println(e.getMessage());
        } catch (IOException
                | UncheckedIOException
                | SQLException
                | GeneralSecurityException
                | IllegalArgumentException e) {
            err.println("The trail could not be looked at: " + e.getMessage());
        }
        return 2;
    }

    static TrailCheck.Report verify(VerifyOptions options) throws IOException, SQLException, GeneralSecurityException {
        var key = key(options);
        var kept = new ArrayList<String>();
        for (var file : options.kept()) {
            kept.addAll(notes(file));
        }
        if (options.export() != null) {
            return ExportedTrail.verify(options.export(), key, kept);
        }
        if (options.jdbcUrl() != null) {
            return inDatabase(
                    options.jdbcUrl(), options.user(), Objects.toString(System.getenv("PGPASSWORD"), ""), key, kept);
        }
        var data = Objects.requireNonNull(options.data());
        var folder = data.resolve(Service.CHECKPOINTS);
        if (Files.isDirectory(folder)) {
            kept.addAll(notes(folder));
        }
        int port = EmbeddedPostgres.portOfRunning(data.resolve("postgresql"))
                .orElseThrow(
                        () -> new CannotStart("No gateway runs on the data folder " + data.toAbsolutePath() + "."));
        return inDatabase(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + ReferralDatabase.NAME,
                options.user(),
                new Secrets(data.resolve(Gateway.PASSWORDS)).named(options.user()),
                key,
                kept);
    }

    private static TrailCheck.Report inDatabase(
            String url, String user, String password, NoteKey key, List<String> kept) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, password)) {
            return StoredTrail.verify(connection, key, kept);
        }
    }

    private static NoteKey key(VerifyOptions options) throws IOException, GeneralSecurityException {
        if (options.key() == null) {
            var file = Objects.requireNonNull(options.data()).resolve(Service.AUDIT_KEY);
            return NoteSigner.of(ORIGIN, Files.readString(file)).verifier();
        }
        return NoteKey.of(options.key().contains("+") ? options.key() : Files.readString(Path.of(options.key())));
    }

    private static List<String> notes(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return SignedNote.split(Files.readString(file));
        }
        var all = new ArrayList<String>();
        try (var files = Files.list(file)) {
            for (var one : files.filter(Files::isRegularFile).sorted().toList()) {
                all.addAll(SignedNote.split(Files.readString(one)));
            }
        }
        return all;
    }

    private static void print(TrailCheck.Report report, PrintStream out) {
        report.findings().forEach(finding -> out.println(finding.kind() + ": " + finding.words()));
        if (report.found() > report.findings().size()) {
            out.println("... and " + (report.found() - report.findings().size()) + " more");
        }
        out.println("rows that are sealed       " + report.leaves());
        out.println("rows not sealed yet        " + report.unsealed());
        out.println("newest checkpoint          " + Objects.toString(report.latest(), "none"));
        out.println("checkpoints kept elsewhere " + report.kept());
        if (report.kept() == 0) {
            out.println("No kept checkpoint was given: whether the trail was set back cannot be seen.");
        }
        out.println(
                report.isIntact()
                        ? "The trail is intact."
                        : "THE TRAIL IS NOT INTACT: " + report.found() + " findings.");
    }
}
