package org.referralgateway.api.access;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scopes of a token or of a registered sender. */
public record Scopes(List<Scope> all) {

    static final Scopes NONE = new Scopes(List.of());

    public Scopes {
        all = List.copyOf(all);
    }

    /** Those that are scopes of ours; others, such as {@code openid} of a provider, grant nothing here. */
    static Scopes of(Collection<String> texts) {
        return new Scopes(
                texts.stream().map(Scope::of).flatMap(Optional::stream).toList());
    }

    /** Split at blanks, as a token and a request have them. */
    static Scopes of(String text) {
        return of(Stream.of(text.split(" ")).filter(part -> !part.isEmpty()).toList());
    }

    /** Rights on a type may come from several scopes. */
    boolean cover(Scope needed) {
        return needed.rights().stream().allMatch(right -> allow(right, needed.type()));
    }

    boolean allow(Right right, String type) {
        var one = Scope.of(right, type);
        return all.stream().anyMatch(scope -> scope.covers(one));
    }

    /** What is allowed by both: a token never reaches further than its sender's registration. */
    Scopes within(Scopes limit) {
        return new Scopes(all.stream()
                .flatMap(scope -> scope.type().equals("*")
                        ? limit.all().stream().map(other -> both(scope, other))
                        : Stream.of(narrowed(scope, limit)))
                .filter(scope -> !scope.rights().isEmpty())
                .distinct()
                .toList());
    }

    private static Scope both(Scope every, Scope other) {
        var rights = new java.util.HashSet<>(other.rights());
        rights.retainAll(every.rights());
        return new Scope(other.type(), rights);
    }

    private static Scope narrowed(Scope scope, Scopes limit) {
        var rights = new java.util.HashSet<>(scope.rights());
        rights.removeIf(right -> !limit.allow(right, scope.type()));
        return new Scope(scope.type(), rights);
    }

    List<String> texts() {
        return all.stream().map(Scope::text).toList();
    }
}
