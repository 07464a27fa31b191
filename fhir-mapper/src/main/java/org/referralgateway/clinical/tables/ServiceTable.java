package org.referralgateway.clinical.tables;

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
            rules.add(new Rule(kind.get(), where, system, codes, match));
        }
    }

    /**
     * @param place {@code code}, {@code category}, {@code tag}, {@code profile}, {@code extension}, {@code event} or {@code document}
     */
    public Optional<ServiceKind> kind(String place, @Nullable String system, @Nullable String code) {
        var theirs = system == null ? "" : plain(system);
        var value = code == null ? "" : code;
        return rules.stream()
                .filter(rule -> rule.holds(place, theirs, value))
                .map(Rule::kind)
                .findFirst();
    }

    public boolean hasReferralWord(String text) {
        return words.matcher(text).find();
    }

    private static String plain(String system) {
        var plain = system.replaceFirst("^https?://", "");
        var table = V2_TABLES.get(plain.substring(plain.lastIndexOf('/') + 1));
        return table == null ? ALIASES.getOrDefault(plain, plain) : table;
    }
}
