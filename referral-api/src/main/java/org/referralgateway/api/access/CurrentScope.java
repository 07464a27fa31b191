package org.referralgateway.api.access;

import java.util.List;
import java.util.stream.Stream;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.access.RowScope.Tenants;
import org.referralgateway.api.access.RowScope.Work;

/** The scope of the thread at hand: the one that was named last; else the caller's; else nobody's. */
final class CurrentScope {

    static final ScopedValue<RowScope> NAMED = ScopedValue.newInstance();

    private CurrentScope() {}

    static RowScope get() {
        return NAMED.isBound()
                ? NAMED.get()
                : CallerAuthentication.current().map(CurrentScope::of).orElse(RowScope.NOBODY);
    }

    private static RowScope of(Caller caller) {
        return switch (caller) {
            case SenderCaller sender -> RowScope.of(sender.sender());
            case PersonCaller person ->
                switch (person.reach()) {
                    case Reach.Everybody everybody -> Work.CLINIC;
                    case Reach.Only(var senders) ->
                        new Tenants(withTheHouse(senders.stream().sorted().toList()));
                };
        };
    }

    /** The clinic's people also read and write what belongs to no sender, such as that they looked at the log. */
    private static List<String> withTheHouse(List<String> senders) {
        return Stream.concat(Stream.of(""), senders.stream()).toList();
    }
}
