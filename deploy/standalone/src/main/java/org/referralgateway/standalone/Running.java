package org.referralgateway.standalone;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What runs, so that it can be stopped in order: first who depends on others, last what others depend on.
 *
 * <p>The end may come at any moment, also halfway through a start; then it waits for the start, because a server that comes
 * up after the end would stay.
 */
final class Running implements AutoCloseable {

    /** In the order in which they are stopped. */
    enum Part {
        SERVICE("the service"),
        KAFKA("Kafka"),
        POSTGRES("PostgreSQL"),
        DATA_FOLDER("the data folder");

        private final String label;

        Part(String label) {
            this.label = label;
        }
    }

    private static final int PATIENCE_SECONDS = 30;

    private final Progress progress;
    private final Map<Part, Future<AutoCloseable>> parts = new EnumMap<>(Part.class);
    private boolean closed;

    Running(Progress progress) {
        this.progress = progress;
    }

    /** Starts a part in this thread, so that the end knows of it from its beginning. */
    <T extends AutoCloseable> T start(Part part, Callable<T> starting) throws Exception {
        var promised = new CompletableFuture<AutoCloseable>();
        synchronized (this) {
            if (closed) {
                throw new CannotStart("Stopped while starting.");
            }
            parts.put(part, promised);
        }
        try {
            T started = starting.call();
            promised.complete(started);
            return started;
        } finally {
            // Has no effect on what came up.
            promised.completeExceptionally(new CannotStart(part.label + " did not come up."));
        }
    }

    /** Once true, a start that fails need not be reported: it lost what it depends on. */
    synchronized boolean isEnding() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        // Nothing is put in from here on.
        parts.forEach(this::stop);
        parts.clear();
    }

    /** One that fails to stop must not keep the next from being stopped. */
    private void stop(Part part, Future<AutoCloseable> starting) {
        try {
            starting.get(PATIENCE_SECONDS, TimeUnit.SECONDS).close();
            if (part != Part.DATA_FOLDER) {
                progress.step("stopped " + part.label);
            }
        } catch (ExecutionException neverCameUp) {
            // Whoever started it has said so.
        } catch (Exception e) {
            progress.step("could not stop " + part.label + ": " + e);
        }
    }
}
