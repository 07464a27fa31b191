package org.referralgateway.mapper;

import java.nio.file.Path;
import java.util.ArrayList;
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
final class ServiceTable {

    private static final String ANY = "*";
    private static final Set<String> PLACES =
            Set.of("any", "code", "category", "profile", "tag", "extension", "event", "document", "word");
    private static final Map<String, String> ALIASES = Map.of(
            "www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "bluebutton.cms.gov/resources/codesystem/hcpcs",
            "urn:oid:2.16.840.1.113883.6.285", "bluebutton.cms.gov/resources/codesystem/hcpcs",
            "urn:oid:2.16.840.1.113883.6.12", "www.ama-assn.org/go/cpt");
    private static final Map<String, String> V2_TABLES = Map.of(
            "HL70281", "terminology.hl7.org/CodeSystem/v2-0281",
            "HL70074", "terminology.hl7.org/CodeSystem/v2-0074");

    private final List<Rule> rules = new ArrayList<>();
    private Pattern words = Pattern.compile("(?!)");

    private record Rule(ServiceKind kind, String where, String system, Set<String> codes, String match) {

        boolean holds(String place, String theirSystem, String theirCode) {
            return (where.equals(place)
                            || (where.equals("any")
                                    && Set.of("code", "category", "tag").contains(place)))
                    && isSystem(theirSystem)
                    && isCode(theirCode);
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

    static ServiceTable load(@Nullable Path folder) {
        var table = new ServiceTable();
        TableFile.read(folder, "service_kinds.csv").rows().forEach(table::add);
        return table;
    }

    private void add(TableFile.Row row) {
        var kind = ServiceKind.of(row.required("kind"))
                .orElseThrow(() -> row.wrong("kind", "is no kind of service the gateway knows"));
        var where = row.required("where");
        if (!PLACES.contains(where)) {
            throw row.wrong(
                    "where",
                    "must be one of "
                            + String.join(", ", PLACES.stream().sorted().toList()));
        }
        var match = row.required("match");
        if (!Set.of("exact", "prefix", "suffix", "system", "word").contains(match)) {
            throw row.wrong("match", "must be exact, prefix, suffix, system or word");
        }
        row.required("source");
        var codes = Set.of(row.required("codes").split(" +", -1));
        if (where.equals("word")) {
            words = Pattern.compile(
                    codes.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(?:", ")\\b")),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
        } else {
            rules.add(new Rule(kind, where, row.required("system"), codes, match));
        }
    }

    /**
     * @param place {@code code}, {@code category}, {@code tag}, {@code profile}, {@code extension}, {@code event} or {@code document}
     */
    Optional<ServiceKind> kind(String place, @Nullable String system, @Nullable String code) {
        var theirs = system == null ? "" : plain(system);
        var value = code == null ? "" : code;
        return rules.stream()
                .filter(rule -> rule.holds(place, theirs, value))
                .map(Rule::kind)
                .findFirst();
    }

    boolean hasReferralWord(String text) {
        return words.matcher(text).find();
    }

    private static String plain(String system) {
        var plain = system.replaceFirst("^https?://", "");
        var table = V2_TABLES.get(plain.substring(plain.lastIndexOf('/') + 1));
        return table == null ? ALIASES.getOrDefault(plain, plain) : table;
    }
}
