package org.referralgateway.standalone;

import java.util.EnumMap;
import java.util.Map;

/**
 * What runs, so that it can be stopped in order: first who depends on others, last what others depend on.
 *
 * <p>The end may come at any moment, also halfway through the start.
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

    private final Progress progress;
    private final Map<Part, AutoCloseable> parts = new EnumMap<>(Part.class);
    private boolean closed;

    Running(Progress progress) {
        this.progress = progress;
    }

    <T extends AutoCloseable> T add(Part part, T running) {
        synchronized (this) {
            if (!closed) {
                parts.put(part, running);
                return running;
            }
        }
        stop(part, running);
        throw new CannotStart("Stopped while starting.");
    }

    @Override
    public synchronized void close() {
        closed = true;
        parts.forEach(this::stop);
        parts.clear();
    }

    /** One that fails to stop must not keep the next from being stopped. */
    private void stop(Part part, AutoCloseable running) {
        try {
            running.close();
            if (part != Part.DATA_FOLDER) {
                progress.step("stopped " + part.label);
            }
        } catch (Exception e) {
            progress.step("could not stop " + part.label + ": " + e);
        }
    }
}
