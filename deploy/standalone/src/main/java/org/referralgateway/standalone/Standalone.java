package org.referralgateway.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.referralgateway.embedded.DataFolderRefused;
import org.referralgateway.embedded.UnsupportedPlatform;
import org.slf4j.LoggerFactory;

/** Starts the gateway with one command, and stops it in order on Ctrl-C. */
public final class Standalone {
    private Standalone() {}

    public static void main(String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                terminal().print(Options.USAGE);
            } else {
                start(options);
            }
        } catch (CannotStart | DataFolderRefused | UnsupportedPlatform e) {
            terminal().println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void start(Options options) throws Exception {
        var progress = new Progress(terminal());
        var running = new Running(progress);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        // Until Spring sets the logging up: the broker alone would fill the screen.
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.ERROR);
        }

        try {
            bringUp(options, running, progress);
        } catch (Exception e) {
            if (!running.isEnding()) {
                throw e;
            }
        }
    }

    private static void bringUp(Options options, Running running, Progress progress) throws Exception {
        if (options.external()) {
            if (options.demo()) {
                throw new CannotStart("--demo shows the servers it started itself; it does not go with --external.");
            }
            Service.startExternal(options, running);
            progress.step("the service is up, with the PostgreSQL and the Kafka of its environment");
            return;
        }
        if (options.rehearsal()) {
            Gateway gateway = Gateway.start(options.on(Ports.freeWithTheNext()), running, progress);
            new Rehearsal(gateway, progress).run(options.samples());
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
