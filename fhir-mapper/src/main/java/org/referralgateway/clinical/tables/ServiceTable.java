package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which codes say what is asked for: {@code service_kinds.csv}. Systems are written without {@code http://} or
 * {@code https://}, because senders use both.
 */
public final class ServiceTable {

    private static final String ANY = "*";
    private static final List<String> PLACES =
            List.of("any", "category", "code", "document", "event", "extension", "profile", "tag", "word");
    private static final List<String> MATCHES = List.of("exact", "prefix", "suffix", "system", "word");
    private static final Map<String, String> ALIASES = Map.of(
            "www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "bluebutton.cms.gov/resources/codesystem/hcpcs",
            "urn:oid:2.16.840.1.113883.6.285", "bluebutton.cms.gov/resources/codesystem/hcpcs",
            "urn:oid:2.16.840.1.113883.6.12", "www.ama-assn.org/go/cpt");
    private static final Map<String, String> V2_TABLES = Map.of(
            "HL70281", "terminology.hl7.org/CodeSystem/v2-0281",
            "HL70074", "terminology.hl7.org/CodeSystem/v2-0074");

    private final Map<String, Place> places = new HashMap<>();
    private int rows;
    private Pattern words = Pattern.compile("(?!)");

    /** A row, with its number: of several that match, the first row counts. */
    private record Rule(int number, ServiceKind kind, String system, Set<String> codes, String match) {

        boolean holds(String theirSystem, String theirCode) {
            return isSystem(theirSystem) && isCode(theirCode);
        }

        private boolean isSystem(String theirs) {
            return system.equals(ANY) || (match.equals("system") ? theirs.startsWith(system) : theirs.equals(system));
        }

        private boolean isCode(String theirs) {
            return switch (match) {
                case "system" -> true;
                case "prefix" -> codes.stream().anyMatch(theirs::startsWith);
                case "suffix" -> codes.stream().anyMatch(theirs::endsWith);
                default -> codes.contains(theirs);
            };
        }
    }

    private record Coded(String system, String code) {}

    /** The rows for one place, so that asking is two look-ups and a few comparisons. */
    private static final class Place {
        private final Map<Coded, Rule> exact = new HashMap<>();
        private final List<Rule> others = new ArrayList<>();

        void add(Rule rule) {
            if (rule.match().equals("exact")) {
                rule.codes().forEach(code -> exact.putIfAbsent(new Coded(rule.system(), code), rule));
            } else {
                others.add(rule);
            }
        }

        @Nullable
        Rule first(String system, String code) {
            var first = earlier(exact.get(new Coded(system, code)), exact.get(new Coded(ANY, code)));
            for (var rule : others) {
                if (first != null && first.number() < rule.number()) {
                    return first;
                }
                if (rule.holds(system, code)) {
                    return rule;
                }
            }
            return first;
        }

        private static @Nullable Rule earlier(@Nullable Rule one, @Nullable Rule other) {
            return one == null || (other != null && other.number() < one.number()) ? other : one;
        }
    }

    ServiceTable(TableFile file) {
        file.rows().forEach(this::add);
    }

    private void add(TableFile.Row row) {
        var kind = ServiceKind.of(row.required("kind"));
        if (kind.isEmpty()) {
            row.wrong("kind", "is no kind of service the gateway knows");
        }
        var where = row.oneOf("where", PLACES);
        var match = row.oneOf("match", MATCHES);
        row.required("source");
        var system = where.equals("word") ? "" : row.required("system");
        var codes = Set.copyOf(List.of(row.required("codes").split(" +", -1)));
        if (kind.isEmpty() || row.isFaulty()) {
            return;
        }
        if (where.equals("word")) {
            words = Pattern.compile(
                    codes.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(?:", ")\\b")),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
        } else {
            var rule = new Rule(rows++, kind.get(), system, codes, match);
            var asked = where.equals("any") ? List.of("code", "category", "tag") : List.of(where);
            asked.forEach(
                    place -> places.computeIfAbsent(place, any -> new Place()).add(rule));
        }
    }

    /**
     * @param place {@code code}, {@code category}, {@code tag}, {@code profile}, {@code extension}, {@code event} or {@code document}
     */
    public Optional<ServiceKind> kind(String place, @Nullable String system, @Nullable String code) {
        var theirs = system == null ? "" : plain(system);
        var value = code == null ? "" : code;
        var asked = places.get(place);
        var rule = asked == null ? null : asked.first(theirs, value);
        return rule == null ? Optional.empty() : Optional.of(rule.kind());
    }

    public boolean hasReferralWord(String text) {
        return words.matcher(text).find();
    }

    private static String withoutScheme(String system) {
        if (system.startsWith("http://")) {
            return system.substring("http://".length());
        }
        return system.startsWith("https://") ? system.substring("https://".length()) : system;
    }

    private static String plain(String system) {
        var plain = withoutScheme(system);
        var table = V2_TABLES.get(plain.substring(plain.lastIndexOf('/') + 1));
        return table == null ? ALIASES.getOrDefault(plain, plain) : table;
    }
}
