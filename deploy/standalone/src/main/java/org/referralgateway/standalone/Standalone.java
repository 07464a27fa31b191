package org.referralgateway.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.referralgateway.api.validation.ValidationWarmUp;
import org.referralgateway.embedded.DataFolderRefused;
import org.referralgateway.embedded.UnsupportedPlatform;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts the gateway with one command, and stops it in order on Ctrl-C. With a word first it does something else:
 * {@code resend}, see {@link Resend}; {@code sender} and {@code token}, see {@link SenderDesk}; {@code person}, see
 * {@link People}; {@code erase}, see {@link Erase}.
 */
public final class Standalone {
    private Standalone() {}

    public static void main(String... arguments) {
        // Until Spring sets the logging up: the broker alone would fill the screen.
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.ERROR);
        }
        try {
            List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
            switch (arguments.length == 0 ? "" : arguments[0]) {
                case "resend" -> resend(ResendOptions.parse(rest));
                case "sender" -> sender(SenderOptions.parse(rest));
                case "person" -> person(PersonOptions.parse(rest));
                case "erase" -> erase(EraseOptions.parse(rest));
                case "token" -> token(TokenOptions.parse(rest));
                default -> start(Options.parse(arguments));
            }
        } catch (CannotStart | DataFolderRefused | UnsupportedPlatform | UncheckedIOException e) {
            // Each is written for the person who started it.
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void resend(ResendOptions options) {
        if (options.help()) {
            terminal().print(ResendOptions.USAGE);
            return;
        }
        try {
            long events = Resend.in(options, System.getenv()).mark(options, user());
            terminal().println("Events that will be sent again, with the ids they have: " + events);
        } catch (DataAccessException e) {
            throw new CannotStart(
                    "The database refused: " + e.getMostSpecificCause().getMessage());
        }
    }

    private static void person(PersonOptions options) {
        if (options.what() == PersonOptions.Verb.HELP) {
            terminal().print(PersonOptions.USAGE);
            return;
        }
        try {
            var people = new People(
                    options.external() ? Databases.external(System.getenv()) : Databases.embedded(options.data()));
            terminal().print(people.run(options, user()));
        } catch (DataAccessException | TransactionException e) {
            throw new CannotStart(
                    "The database refused: " + e.getMostSpecificCause().getMessage());
        }
    }

    private static void erase(EraseOptions options) {
        if (options.help()) {
            terminal().print(EraseOptions.USAGE);
            return;
        }
        try {
            terminal().print(Erase.in(options, System.getenv()).run(options, user(), Duration.ofMinutes(1)));
        } catch (DataAccessException e) {
            throw new CannotStart(
                    "The database refused: " + e.getMostSpecificCause().getMessage());
        }
    }

    private static void sender(SenderOptions options) throws Exception {
        try {
            terminal().print(SenderDesk.run(options, System.getenv(), user()));
        } catch (DataAccessException e) {
            throw new CannotStart(
                    "The database refused: " + e.getMostSpecificCause().getMessage());
        }
    }

    private static void token(TokenOptions options) throws Exception {
        if (options.help()) {
            terminal().print(TokenOptions.USAGE);
            return;
        }
        terminal().println(SenderDesk.token(options, user()));
    }

    private static String user() {
        return System.getProperty("user.name", "unknown");
    }

    private static void start(Options options) throws Exception {
        if (options.help()) {
            terminal().print(Options.USAGE);
            return;
        }
        var progress = new Progress(terminal());
        var running = new Running(progress);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        try {
            bringUp(options, running, progress);
        } catch (Exception e) {
            if (!running.isEnding()) {
                throw e;
            }
        }
    }

    private static void bringUp(Options options, Running running, Progress progress) throws Exception {
        if (!"false".equals(options.forSpring().get("referral.validation.enabled"))) {
            ValidationWarmUp.begin();
        }
        if (options.external()) {
            if (options.demo()) {
                throw new CannotStart("--demo shows the servers it started itself; it does not go with --external.");
            }
            String ports = Service.startExternal(options, running);
            progress.step("the service is up on " + ports + ", with the PostgreSQL and the Kafka of its environment");
            return;
        }
        if (options.rehearsal()) {
            Gateway gateway = Gateway.start(options.on(Ports.freeWithTheNext()), running, progress);
            new Rehearsal(gateway, progress).run(options.samples(), options.data());
            System.exit(0);
        }
        Gateway gateway = Gateway.start(options, running, progress);
        new Welcome(options, gateway).print(progress);
        if (options.demo()) {
            new Demo(gateway, progress, running).run(options.samples());
        }
    }

    /** UTF-8 whatever the locale, because the samples and what becomes of them are. */
    private static PrintStream terminal() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }
}
