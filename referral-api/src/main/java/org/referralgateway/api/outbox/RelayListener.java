package org.referralgateway.api.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Hears from other instances that they committed events into lanes that this one owns. */
@Component
class RelayListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RelayListener.class);
    private static final int LISTEN_MILLIS = 1000;

    private final DataSource database;
    private final Relay relay;
    private final RelaySignal signal;
    private final OutboxSettings settings;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;
    private Thread thread = new Thread(() -> {});

    RelayListener(DataSource database, Relay relay, RelaySignal signal, OutboxSettings settings) {
        this.database = database;
        this.relay = relay;
        this.signal = signal;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.enabled()) {
            running = true;
            thread = Thread.ofPlatform().name("outbox-listener").daemon().start(this::run);
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        try {
            thread.join(Duration.ofMillis(3L * LISTEN_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var connection = database.getConnection();
                    var listen = connection.createStatement()) {
                listen.execute("listen referral_outbox");
                listen(connection.unwrap(PGConnection.class));
                listen.execute("unlisten *");
            } catch (SQLException e) {
                LOG.debug("The listener lost the database; the relay's sweep goes on meanwhile.");
                pause();
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (running) {
            for (var notification : connection.getNotifications(LISTEN_MILLIS)) {
                if (!notification.getParameter().equals(relay.instance())) {
                    signal.committed();
                }
            }
        }
    }

    /** Waits before the next attempt, or until the service stops. */
    private void pause() {
        try {
            if (stopping.await(LISTEN_MILLIS, TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
