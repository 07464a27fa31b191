package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.IndicationPolicy;
import org.referralgateway.clinical.ClinicalPolicy.Item;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.ClinicalPolicy.Requirement;
import org.referralgateway.clinical.ClinicalPolicy.ResistancePolicy;
import org.referralgateway.clinical.ClinicalPolicy.SystemCode;
import org.referralgateway.clinical.ClinicalPolicy.TriageRule;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads {@code policy.yaml} and checks all of it: every mistake is reported with file, line, column and what to do. */
final class PolicyFile {

    /** Names of numbers that the section {@code screening} must have. */
    static final Set<String> LIMITS = Set.of(
            "age-years-under",
            "systolic-hold-above",
            "systolic-review-from",
            "diastolic-hold-above",
            "diastolic-review-from",
            "transaminase-times-upper-limit",
            "bilirubin-times-upper-limit",
            "audit-c-men-from",
            "audit-c-women-from",
            "audit-from",
            "dast-10-from",
            "opioid-risk-tool-from",
            "phq-9-from",
            "phq-9-item-9-from",
            "intraocular-pressure-review-above",
            "pregnancy-hormone-above",
            "dn4-from",
            "paindetect-from",
            "lanss-from",
            "hypertensive-emergency-systolic-from",
            "hypertensive-emergency-diastolic-from",
            "alanine-aminotransferase-upper-limit",
            "aspartate-aminotransferase-upper-limit",
            "bilirubin-upper-limit-mg-dl",
            "pregnancy-possible-from-age",
            "pregnancy-possible-until-age",
            "recent-event-days",
            "stale-days");

    static final Set<String> JOURNEY =
            Set.of("maintenance-from-days", "maintenance-until-days", "new-assessment-after-days");

    /** Items of the minimum data set that the gateway knows how to look for. */
    static final Set<String> ITEMS = Set.of(
            "patient-identity",
            "patient-contact",
            "referrer",
            "request-details",
            "reason",
            "onset",
            "body-site",
            "pain-intensity",
            "treatment-history",
            "current-medication",
            "allergies",
            "problems-or-letter",
            "blood-pressure",
            "pregnancy-status",
            "liver-panel",
            "ecg",
            "intraocular-pressure",
            "budapest-criteria",
            "fibromyalgia-criteria",
            "headache-days",
            "chemotherapy-history",
            "amputation",
            "cord-injury",
            "opioid-dose",
            "mood-screen",
            "substance-screen",
            "weight",
            "function",
            "neuropathic-screen",
            "other-treatments",
            "coverage",
            "consent");

    /** Conditions of triage, with whether they compare with a number. */
    static final Map<String, Boolean> CONDITIONS = Map.ofEntries(
            Map.entry("red-flag", false),
            Map.entry("priority-stat-or-asap", false),
            Map.entry("priority-urgent", false),
            Map.entry("cancer-related-pain", false),
            Map.entry("crps", false),
            Map.entry("crps-onset-under-months", true),
            Map.entry("crps-spreading", false),
            Map.entry("pain-with-rapid-functional-loss", true),
            Map.entry("failing-maintenance", false),
            Map.entry("no-neuropathic-component", false),
            Map.entry("acute-pain-under-days", true),
            Map.entry("under-age", false),
            Map.entry("outside-region", false),
            Map.entry("minimum-data-missing", false),
            Map.entry("resistance-not-met", false),
            Map.entry("hold", false),
            Map.entry("nerve-injury-after-surgery-or-trauma", false),
            Map.entry("phn-onset-under-months", true),
            Map.entry("trigeminal-neuralgia", false),
            Map.entry("pain-at-least", true),
            Map.entry("mme-at-least", true),
            Map.entry("always", false));

    private final ClinicalTables tables;
    private final List<String> mistakes = new ArrayList<>();

    private PolicyFile(ClinicalTables tables) {
        this.tables = tables;
    }

    static ClinicalPolicy read(String text, ClinicalTables tables) {
        var reading = new PolicyFile(tables);
        var policy = reading.policy(text);
        if (policy == null || !reading.mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", reading.mistakes));
        }
        return policy;
    }

    private @Nullable ClinicalPolicy policy(String text) {
        PolicyNode root;
        try {
            root = new PolicyNode(
                    ClinicalPolicy.FILE,
                    new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text)),
                    mistakes);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            mistakes.add(ClinicalPolicy.FILE + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)
                    + ": this is not YAML: " + e.getProblem() + ".");
            return null;
        }
        var fields = root.fields(
                Set.of(
                        "version",
                        "indication",
                        "resistance",
                        "screening",
                        "completeness",
                        "triage",
                        "region",
                        "journey"),
                Set.of());
        var version = fields.get("version").word();
        var resistance = resistance(fields.get("resistance"));
        if (resistance == null) {
            return null;
        }
        return new ClinicalPolicy(
                version,
                version + "-" + hash(tables.fingerprint() + text).substring(0, 8),
                indication(fields.get("indication")),
                resistance,
                numbers(fields.get("screening"), LIMITS, PolicyNode::number),
                unique(fields.get("completeness"), this::item, Item::name),
                triage(fields.get("triage")),
                fields.get("region").items().stream().map(PolicyNode::text).toList(),
                numbers(fields.get("journey"), JOURNEY, PolicyNode::count));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private IndicationPolicy indication(PolicyNode node) {
        var fields = node.fields(Set.of("paired", "raised-by-spinal-cord", "trigeminal-neuralgia"), Set.of());
        var paired = new HashMap<String, String>();
        fields.get("paired").entries().forEach((from, to) -> paired.put(group(from), group(to)));
        return new IndicationPolicy(
                Map.copyOf(paired),
                codes(fields.get("raised-by-spinal-cord")),
                codes(fields.get("trigeminal-neuralgia")));
    }

    private String group(PolicyNode node) {
        return node.oneOf(tables.conditions().groups());
    }

    /** Each written as the system's name and the code, such as {@code ICD-10-CM G50.0}. */
    private static Set<SystemCode> codes(PolicyNode node) {
        var codes = new HashSet<SystemCode>();
        for (var item : node.items()) {
            var text = item.text();
            int space = text.lastIndexOf(' ');
            var system = space < 0 ? null : CodeSystems.urlOf(text.substring(0, space));
            if (system == null) {
                item.wrong("must be a system and a code, such as ICD-10-CM G50.0 or SNOMED CT 31681005");
            } else {
                codes.add(new SystemCode(system, CodeSystems.normalised(system, text.substring(space + 1))));
            }
        }
        return Set.copyOf(codes);
    }

    private @Nullable ResistancePolicy resistance(PolicyNode node) {
        var fields = node.fields(
                Set.of(
                        "default",
                        "groups",
                        "length-decides-without-target",
                        "days-in-a-month",
                        "gap-days-at-most",
                        "profiles"),
                Set.of("recorded-only"));
        var profiles = new LinkedHashMap<String, Profile>();
        unique(fields.get("profiles"), this::profile, Profile::name)
                .forEach(profile -> profiles.put(profile.name(), profile));
        var byDefault = profiles.get(fields.get("default").oneOf(profiles.keySet()));
        var ofGroup = new HashMap<String, Profile>();
        fields.get("groups").entries().forEach((group, name) -> {
            var profile = profiles.get(name.oneOf(profiles.keySet()));
            if (profile != null) {
                ofGroup.put(group(group), profile);
            }
        });
        boolean lengthDecides = fields.get("length-decides-without-target").truth();
        var month = fields.get("days-in-a-month").count();
        var gap = fields.get("gap-days-at-most").count();
        var recordedOnly = drugs(fields.get("recorded-only").items());
        return byDefault == null || month == null || gap == null
                ? null
                : new ResistancePolicy(
                        byDefault,
                        Map.copyOf(ofGroup),
                        lengthDecides,
                        month,
                        gap,
                        recordedOnly,
                        List.copyOf(profiles.values()));
    }

    private Profile profile(PolicyNode node) {
        var fields = node.fields(
                Set.of("name", "trial-weeks", "relief-percent-below", "require", "record"),
                Set.of("pain-months", "pain-at-least", "interference-at-least", "headache-days-a-month"));
        var weeks = fields.get("trial-weeks").count();
        var relief = fields.get("relief-percent-below").number();
        return new Profile(
                fields.get("name").word(),
                fields.get("pain-months").count(),
                weeks == null ? 1 : weeks,
                relief == null ? BigDecimal.ONE : relief,
                fields.get("pain-at-least").number(),
                fields.get("interference-at-least").number(),
                fields.get("headache-days-a-month").count(),
                unique(fields.get("require"), this::requirement, Requirement::name),
                unique(fields.get("record"), this::requirement, Requirement::name));
    }

    private Requirement requirement(PolicyNode node) {
        var fields = node.fields(Set.of("name", "at-least", "count", "of"), Set.of("in-trigeminal-neuralgia"));
        var atLeast = fields.get("at-least").count();
        boolean countsDrugs =
                fields.get("count").oneOf(Set.of("classes", "drugs")).equals("drugs");
        var members = new ArrayList<Set<String>>();
        for (var member : fields.get("of").items()) {
            members.add(member.isList() ? drugs(member.items()) : drugs(List.of(member)));
        }
        var trigeminal = drugs(fields.get("in-trigeminal-neuralgia").items());
        if (atLeast != null && !countsDrugs && atLeast > members.size()) {
            fields.get("at-least").wrong("is more than there are classes in of; add classes or ask for fewer");
        }
        return new Requirement(
                fields.get("name").word(),
                atLeast == null ? 1 : atLeast,
                countsDrugs,
                List.copyOf(members),
                trigeminal);
    }

    private Set<String> drugs(List<PolicyNode> nodes) {
        var names = new LinkedHashSet<String>();
        for (var node : nodes) {
            var name = node.text();
            if (!name.isEmpty() && !tables.medications().knows(name)) {
                node.wrong("is no drug or class of medications.csv; use a name that is there");
            }
            names.add(name);
        }
        return Set.copyOf(names);
    }

    private Item item(PolicyNode node) {
        var fields = node.fields(Set.of("item", "level"), Set.of("stale-days"));
        return new Item(
                fields.get("item").oneOf(ITEMS),
                fields.get("level").oneOf(Set.of("required", "conditional", "preferred")),
                fields.get("stale-days").count());
    }

    private List<TriageRule> triage(PolicyNode node) {
        var rules = unique(node, this::rule, TriageRule::name);
        if (rules.isEmpty() || !rules.getLast().when().equals("always")) {
            node.wrong("the last rule must be one with when: always, so that every referral has a level");
        }
        return rules;
    }

    private TriageRule rule(PolicyNode node) {
        var fields = node.fields(Set.of("name", "level", "when"), Set.of("number"));
        var levels = Arrays.stream(TriageLevel.values()).collect(Collectors.toMap(TriageLevel::code, level -> level));
        var level = levels.get(fields.get("level").oneOf(levels.keySet()));
        var when = fields.get("when").oneOf(CONDITIONS.keySet());
        var number = fields.get("number");
        if (CONDITIONS.getOrDefault(when, number.isThere()) != number.isThere()) {
            node.wrong(number.isThere() ? when + " compares with no number; remove it" : when + " needs a number");
        }
        return new TriageRule(
                fields.get("name").word(), level == null ? TriageLevel.ROUTINE : level, when, number.number());
    }

    /** The items of a list, none of which may have the name of another. */
    private static <T> List<T> unique(PolicyNode node, Function<PolicyNode, T> read, Function<T, String> name) {
        var all = new ArrayList<T>();
        var names = new HashSet<String>();
        for (var item : node.items()) {
            var one = read.apply(item);
            if (!names.add(name.apply(one))) {
                item.wrong("there is another one with the name " + name.apply(one) + "; give each its own");
            }
            all.add(one);
        }
        return List.copyOf(all);
    }

    private static <N> Map<String, N> numbers(
            PolicyNode node, Set<String> names, Function<PolicyNode, @Nullable N> read) {
        var numbers = new HashMap<String, N>();
        node.fields(names, Set.of()).forEach((name, value) -> {
            var number = read.apply(value);
            if (number != null) {
                numbers.put(name, number);
            }
        });
        return numbers;
    }
}
