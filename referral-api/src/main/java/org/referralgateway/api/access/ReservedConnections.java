package org.referralgateway.api.access;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Keeps some of the pool's connections for the pages: what senders cause takes the others only, so that a flood of referrals
 * leaves the coordinator her list. Who works for nobody in particular, such as the relay, is not held back either.
 */
final class ReservedConnections extends DelegatingDataSource {

    private final Semaphore forSenders;
    private final long patienceMillis;

    ReservedConnections(DataSource pool, int forSenders, long patienceMillis) {
        super(pool);
        this.forSenders = new Semaphore(forSenders, true);
        this.patienceMillis = patienceMillis;
    }

    /** @param connections those of the pool, perhaps in a wrapping */
    static DataSource of(HikariDataSource pool, DataSource connections, LimitSettings settings) {
        int forSenders = Math.max(1, pool.getMaximumPoolSize() - settings.connectionsForPages());
        return new ReservedConnections(connections, forSenders, pool.getConnectionTimeout());
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (CurrentScope.NAMED.isBound() || !(CallerAuthentication.current().orElse(null) instanceof SenderCaller)) {
            return super.getConnection();
        }
        acquire();
        try {
            return released(super.getConnection());
        } catch (SQLException | RuntimeException e) {
            forSenders.release();
            throw e;
        }
    }

    private void acquire() throws SQLException {
        try {
            if (forSenders.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("All connections for senders are in use.");
    }

    /** The connection, which gives its place back when it is closed, once. */
    private Connection released(Connection connection) {
        var isOpen = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("close") && isOpen.getAndSet(false)) {
                            forSenders.release();
                        }
                    }
                });
    }
}
