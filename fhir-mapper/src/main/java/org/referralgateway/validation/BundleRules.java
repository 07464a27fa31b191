package org.referralgateway.validation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds between a Bundle and its entries. */
final class BundleRules {

    private static final Set<String> WITHOUT_FULL_URL =
            Set.of("transaction", "transaction-response", "batch", "batch-response");
    private static final Pattern REST_URL =
            Pattern.compile("https?://.*/[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?");

    private final Findings findings;
    private final BundleIndex index;

    BundleRules(Findings findings, BundleIndex index) {
        this.findings = findings;
        this.index = index;
    }

    void check() {
        var bundle = index.bundle();
        if (bundle.has("signature")) {
            findings.undecided(bundle, "Signatures are not looked into.");
        }
        if (bundle.has("link") && !bundle.all("link").isEmpty()) {
            findings.undecided(bundle, "Links of a Bundle are not looked into.");
        }
        fullUrls();
        switch (index.type()) {
            case "document" -> document();
            case "message" -> message();
            case "searchset" -> findings.undecided(bundle, "Search results are not looked into.");
            default -> {
                // nothing but the full URLs
            }
        }
    }

    private void fullUrls() {
        Map<String, Set<String>> versions = new HashMap<>();
        for (var entry : index.entries()) {
            var fullUrl = entry.text("fullUrl");
            var resource = entry.first("resource");
            if (fullUrl == null) {
                if (!WITHOUT_FULL_URL.contains(index.type())) {
                    findings.structure(entry, "full-url", "Each entry of such a Bundle has a fullUrl. Add it.");
                }
                continue;
            }
            if (!Identifiers.isAbsolute(fullUrl)) {
                findings.structure(entry, "full-url", "The fullUrl is absolute. Send a URL or a urn:uuid.");
            } else if (resource != null && REST_URL.matcher(fullUrl).matches()) {
                var id = resource.text("id");
                if (id == null || !fullUrl.endsWith("/" + resource.type() + "/" + id)) {
                    findings.structure(
                            entry, "full-url", "The fullUrl ends in the type and id of the resource. Correct it.");
                }
            }
            var meta = resource == null ? null : resource.first("meta");
            var version = String.valueOf(meta == null ? null : meta.text("versionId"));
            if (!versions.computeIfAbsent(fullUrl, key -> new HashSet<>()).add(version)) {
                findings.structure(entry, "bdl-7", "This fullUrl occurs twice. Give each entry its own.");
            }
        }
    }

    private void document() {
        var entries = index.entries();
        var first = entries.isEmpty() ? null : entries.getFirst().first("resource");
        if (first == null || !first.type().equals("Composition")) {
            findings.structure(index.bundle(), "document", "A document begins with its Composition.");
            return;
        }
        var reached = new Reached();
        if (!reached.all()) {
            findings.undecided(
                    index.bundle(), "Whether all entries of the document belong to it is left to the reference.");
        }
        mustResolve(first, List.of("subject", "author", "encounter", "custodian"));
        first.all("attester").forEach(attester -> mustResolve(attester, List.of("party")));
        first.all("event").forEach(event -> mustResolve(event, List.of("detail")));
        first.all("section").forEach(this::section);
    }

    private void section(Node section) {
        mustResolve(section, List.of("author", "focus", "entry"));
        section.all("section").forEach(this::section);
    }

    private void message() {
        var entries = index.entries();
        var first = entries.isEmpty() ? null : entries.getFirst().first("resource");
        if (first == null || !first.type().equals("MessageHeader")) {
            findings.structure(index.bundle(), "message", "A message begins with its MessageHeader.");
            return;
        }
        mustResolve(first, List.of("focus"));
    }

    private void mustResolve(Node in, List<String> names) {
        for (var name : names) {
            for (var reference : in.all(name)) {
                var to = reference.text("reference");
                if (to != null
                        && !to.startsWith("#")
                        && new Reached().entriesAt(reference, to).isEmpty()) {
                    findings.structure(
                            reference,
                            "bundle-reference",
                            "No entry of the Bundle is what this points to. Add it as an entry.");
                }
            }
        }
    }

    /** Which entries hang together. */
    private final class Reached {

        boolean all() {
            Map<Node, Set<Node>> links = new HashMap<>();
            for (var entry : index.entries()) {
                var targets = new HashSet<Node>();
                collect(entry, targets);
                links.put(entry, targets);
            }
            var reached = new HashSet<Node>();
            var next = new ArrayDeque<>(List.of(index.entries().getFirst()));
            while (!next.isEmpty()) {
                var entry = next.poll();
                if (reached.add(entry)) {
                    next.addAll(links.getOrDefault(entry, Set.of()));
                }
            }
            return reached.size() == index.entries().size();
        }

        private void collect(Node node, Set<Node> targets) {
            if (node.type().equals("Reference")) {
                var to = node.text("reference");
                if (to != null && !to.startsWith("#")) {
                    targets.addAll(entriesAt(node, to));
                }
            }
            node.children().forEach(child -> collect(child, targets));
        }

        List<Node> entriesAt(Node reference, String to) {
            if (Identifiers.isAbsolute(to)) {
                return index.at(to);
            }
            var fullUrl = index.fullUrlOf(reference);
            if (fullUrl == null || !to.contains("/")) {
                return List.of();
            }
            return index.at(
                    References.base(fullUrl) + (fullUrl.startsWith("urn") ? to.substring(to.indexOf('/') + 1) : to));
        }
    }
}
