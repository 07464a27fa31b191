package org.referralgateway.api.outbox;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the relay when something was committed. Many wake-ups before it looks are one. */
@Component
public class RelaySignal {

    private final Semaphore news = new Semaphore(0);

    /** Wakes the relay now; for callers whose statement has committed by itself. */
    public void committed() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /** Wakes the relay once the caller's transaction has committed, and not if it rolls back. */
    public void onceCommitted() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed();
            }
        });
    }

    /** Waits for news, or for the time to pass. */
    void await(long millis) throws InterruptedException {
        if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }
}
