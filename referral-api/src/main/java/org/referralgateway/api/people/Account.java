package org.referralgateway.api.people;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Reach;
import org.referralgateway.api.access.Role;

/**
 * A person of the clinic.
 *
 * @param login what they type, or how the identity provider calls them
 * @param name what tasks and the trail call them
 * @param mustChange whether they came with a generated password and have to choose one of their own before anything else
 * @param provided whether an identity provider vouches for them, so that there is no password of ours
 */
record Account(UUID id, String login, String name, Set<Role> roles, Reach reach, boolean mustChange, boolean provided) {

    /** Columns that {@link #of} reads, of a table called {@code a}. */
    static final String COLUMNS = "a.account, a.login, a.name, a.roles, a.senders, a.must_change, a.issuer";

    Account {
        roles = Set.copyOf(roles);
    }

    static Account of(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getObject("account", UUID.class),
                row.getString("login"),
                row.getString("name"),
                roles(List.of((String[]) row.getArray("roles").getArray())),
                reach(row.getArray("senders")),
                row.getBoolean("must_change"),
                row.getString("issuer") != null);
    }

    /** Names that are no roles of ours, such as those of an earlier version, grant nothing. */
    static Set<Role> roles(List<String> names) {
        return names.stream().map(Role::of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static Reach reach(@Nullable Array senders) throws SQLException {
        return senders == null
                ? Reach.everybody()
                : new Reach.Only(Stream.of((String[]) senders.getArray()).collect(Collectors.toUnmodifiableSet()));
    }

    /** As whom they call. Before the password is their own they have no role, so that nothing but the change is open. */
    PersonCaller caller() {
        return new PersonCaller(name, mustChange ? Set.of() : roles, reach);
    }

    String actor() {
        return "person:" + name;
    }

    /** In the order in which the roles are declared. */
    public List<String> roleNames() {
        return new TreeSet<>(roles).stream().map(Role::wireName).toList();
    }
}
