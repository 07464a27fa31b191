package org.referralgateway.api.intake;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.referralgateway.api.platform.Ids;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * References of the form {@code Type/id}, taken apart before they reach the database: a column that is compared as it is can be
 * found by its index, one that is put together first cannot. Whatever else there is among them is left out.
 */
final class References {

    private record One(String type, String id) {}

    private final List<One> all;

    private References(List<One> all) {
        this.all = all;
    }

    static References of(Collection<String> texts) {
        return new References(texts.stream()
                .map(References::one)
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    private static Optional<One> one(String text) {
        int slash = text.indexOf('/');
        return slash < 1 ? Optional.empty() : Optional.of(new One(text.substring(0, slash), text.substring(slash + 1)));
    }

    SqlArrayValue types() {
        return new SqlArrayValue("text", all.stream().map(One::type).toArray());
    }

    SqlArrayValue ids() {
        return new SqlArrayValue("text", all.stream().map(One::id).toArray());
    }

    /** Those of one type whose id is one of ours. */
    SqlArrayValue ours(String type) {
        return new SqlArrayValue(
                "uuid",
                all.stream()
                        .filter(one -> one.type().equals(type))
                        .flatMap(one -> Ids.read(one.id()).stream())
                        .toArray());
    }
}
