package org.referralgateway.api.access;

import java.util.List;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whose rows the statements at hand may touch, as the policies of the database are told (migration V47): those of the caller
 * of a request, or what a piece of work names that no caller is behind. Who names nothing sees nothing.
 */
public sealed interface RowScope {

    /** Nobody's. */
    RowScope NOBODY = new Tenants(List.of());

    /** Those of some tenants. */
    record Tenants(List<String> senders) implements RowScope {
        public Tenants {
            senders = List.copyOf(senders);
            if (senders.stream().anyMatch(sender -> sender.indexOf('\n') >= 0)) {
                throw new IllegalArgumentException("No tenant's name has a line break.");
            }
        }
    }

    /** A piece of work of the house that is about all tenants. Which tables each may touch is said in V47. */
    enum Work implements RowScope {
        /** The clinic's people who work on the referrals of every sender. */
        CLINIC,
        /** The consumer, which opens tasks. */
        ASSESSMENT,
        /** The relay, and the care of what it has sent. */
        RELAY,
        /** Looks for waiting requests whose time has come; each then joins in the name of its own sender. */
        PARKING,
        /** Locks what was stored plain, and erases; it goes through all that is kept of a person. */
        ERASURE,
        /** Seals, verifies and exports the trail as a whole. */
        TRAIL,
        /** Reads who is registered, before anybody is let in. */
        REGISTRY
    }

    /** Something to do that brings no result and may fail as it likes. */
    @FunctionalInterface
    interface Deed<X extends Throwable> {
        void run() throws X;
    }

    static RowScope of(String sender) {
        return new Tenants(List.of(sender));
    }

    /** Does it in this scope and no other. A transaction keeps the scope that it began with, so it has to begin inside. */
    default <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> deed) throws X {
        if (TransactionSynchronizationManager.isActualTransactionActive() && !equals(CurrentScope.get())) {
            throw new IllegalStateException("A transaction keeps the scope that it began with.");
        }
        return ScopedValue.where(CurrentScope.NAMED, this).call(deed);
    }

    /** The same without a result. */
    default <X extends Throwable> void run(Deed<X> deed) throws X {
        this.<RowScope, X>call(() -> {
            deed.run();
            return this;
        });
    }
}
