package org.referralgateway.api.access;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller.PersonCaller;

/**
 * One line of the policy: an operation, and who may.
 *
 * @param purpose what it is for, in the documentation's words
 */
public record Rule(String purpose, Operation operation, Allowed allowed) {

    /** What is done. */
    public sealed interface Operation {

        /**
         * @param interaction FHIR's code ({@code create}, {@code search-type}) or an operation's name ({@code $preview})
         * @param type of resource; empty where the whole server is meant
         */
        record Fhir(String interaction, String type) implements Operation {
            @Override
            public String toString() {
                return type.isEmpty() ? interaction : interaction + " " + type;
            }
        }

        /**
         * @param method of HTTP
         * @param pattern of the path, as Spring's mappings write it
         */
        record Route(String method, String pattern) implements Operation {
            @Override
            public String toString() {
                return method + " " + pattern;
            }
        }
    }

    /** Who may. */
    public sealed interface Allowed {

        /** Without a token or session, too. */
        record Anyone() implements Allowed {
            @Override
            public String toString() {
                return "anyone";
            }
        }

        /** A sender whose token has all of these; any sender where none is named. */
        record Sender(List<Scope> scopes) implements Allowed {
            @Override
            public String toString() {
                return scopes.isEmpty()
                        ? "any sender"
                        : scopes.stream().map(Scope::text).collect(Collectors.joining(", "));
            }
        }

        /** A sender who may do what each single entry of the Bundle does. */
        record EachEntry() implements Allowed {
            @Override
            public String toString() {
                return "a sender that may do what each entry does";
            }
        }

        /** Whoever has logged in, even with a generated password that is still to be changed. */
        record AnyPerson() implements Allowed {
            @Override
            public String toString() {
                return "anyone with an account";
            }
        }

        /** Somebody who has one of these roles. */
        record People(Set<Role> roles) implements Allowed {
            @Override
            public String toString() {
                return roles.stream().sorted().map(Role::wireName).collect(Collectors.joining(", "));
            }
        }
    }

    /** Whether a caller of the pages may; nobody where they have not logged in. */
    boolean allows(@Nullable Caller caller) {
        return switch (allowed) {
            case Allowed.Anyone anyone -> true;
            case Allowed.AnyPerson anyPerson -> caller instanceof PersonCaller;
            case Allowed.People(var roles) ->
                caller instanceof PersonCaller person && !Collections.disjoint(person.roles(), roles);
            case Allowed.Sender sender -> false;
            case Allowed.EachEntry eachEntry -> false;
        };
    }

    static Rule fhir(String purpose, String interaction, String type, Allowed allowed) {
        return new Rule(purpose, new Operation.Fhir(interaction, type), allowed);
    }

    static Rule route(String purpose, String method, String pattern, Allowed allowed) {
        return new Rule(purpose, new Operation.Route(method, pattern), allowed);
    }

    static Allowed anyone() {
        return new Allowed.Anyone();
    }

    static Allowed sender(String... scopes) {
        return new Allowed.Sender(
                Stream.of(scopes).map(text -> Scope.of(text).orElseThrow()).toList());
    }

    static Allowed eachEntry() {
        return new Allowed.EachEntry();
    }

    static Allowed anyPerson() {
        return new Allowed.AnyPerson();
    }

    static Allowed people(Role... roles) {
        return new Allowed.People(Set.of(roles));
    }
}
