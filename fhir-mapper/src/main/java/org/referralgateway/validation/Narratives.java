package org.referralgateway.validation;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A narrative of plain paragraphs, lists and tables is fine. Links, pictures and whatever nests in another way is left to the
 * reference. It is well-formed: the strict reading has seen to that.
 */
final class Narratives {

    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z0-9:]+)((?:\\s+[A-Za-z:_-]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*+)\\s*(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([A-Za-z:_-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*')");

    private static final Pattern ROOT =
            Pattern.compile("^\\s*(?:<(?:\\?|!--)[^>]*>\\s*)*<(?:[A-Za-z0-9]+:)?div[\\s/>]");
    /** What R4's Narrative forbids by name; whatever else is unusual is left to the reference. */
    private static final Pattern ACTIVE = Pattern.compile(
            "<(?:script|form|input|button|select|textarea|iframe|frame|frameset|object|embed|applet|base|link|meta|head|body|html)"
                    + "[\\s/>]|<[A-Za-z][^<>]*\\son[a-z]++\\s*+=\\s*+[\"']",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> ATTRIBUTES =
            Set.of("title", "style", "class", "id", "lang", "xml:lang", "dir", "xmlns");
    /** Links out of the payload. A link within it must resolve, which the reference looks into. */
    private static final Pattern LINK =
            Pattern.compile("[\"'](https?://[A-Za-z0-9._~/?&=%+:,;@-]+|[A-Za-z0-9._-]+\\.html)[\"']");

    private static final Set<String> OF_TABLES = Set.of("border", "width", "cellspacing", "cellpadding", "summary");
    private static final Set<String> TEXT = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "b", "em", "i", "strong", "small", "span", "pre", "sub", "sup",
            "code", "tt", "q", "address", "a");
    private static final Set<String> BLOCKS = Set.of("div", "table", "ul", "ol", "blockquote", "p", "pre");
    private static final Map<String, Set<String>> INSIDE = Map.of(
            "tr", Set.of("table", "tbody", "thead", "tfoot"),
            "td", Set.of("tr"),
            "th", Set.of("tr"),
            "tbody", Set.of("table"),
            "thead", Set.of("table"),
            "tfoot", Set.of("table"),
            "li", Set.of("ul", "ol"));
    private static final Set<String> NO_TEXT = Set.of("table", "tbody", "thead", "tfoot", "tr", "ul", "ol");
    private static final Set<String> OTHERS = Set.of("div", "table", "ul", "ol", "blockquote", "br", "hr");

    private Narratives() {}

    static void check(Node narrative, Findings findings) {
        var div = narrative.first("div");
        var text = div == null ? null : div.value();
        if (div == null || text == null) {
            return;
        }
        if (!ROOT.matcher(text).find()) {
            findings.structure(div, "txt-1", "A narrative is one div of XHTML. Put the text into one.");
        } else if (ACTIVE.matcher(text).find()) {
            findings.structure(
                    div, "txt-1", "A narrative holds no scripts, forms, frames, style sheets or event attributes.");
        } else if (!isPlain(text)) {
            findings.undecided(div, "A narrative with more than plain text, lists and tables is not looked into.");
        } else if (text.replaceAll("<[^>]*>", "").replace("&#160;", "").isBlank()) {
            findings.structure(div, "txt-2", "The narrative says nothing. Leave it out.");
        }
    }

    private static boolean isPlain(String text) {
        var open = new ArrayDeque<String>();
        var tag = TAG.matcher(text);
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf('<', at);
            var between = text.substring(at, next < 0 ? text.length() : next);
            if (!between.isBlank() && (open.isEmpty() || NO_TEXT.contains(open.peek()))) {
                return false;
            }
            if (next < 0) {
                return open.isEmpty();
            }
            if (!tag.find(next) || tag.start() != next) {
                return false;
            }
            at = tag.end();
            if (!tag.group(1).isEmpty()) {
                open.poll();
            } else if (!mayOpen(tag.group(2), open) || !mayHave(tag.group(2), tag.group(3), open.isEmpty())) {
                return false;
            } else if (tag.group(4).isEmpty()) {
                open.push(tag.group(2));
            }
        }
        return open.isEmpty();
    }

    private static boolean mayOpen(String name, ArrayDeque<String> open) {
        if (open.isEmpty()) {
            return name.equals("div");
        }
        var within = open.peek();
        var places = INSIDE.get(name);
        if (places != null) {
            return places.contains(within);
        }
        if (NO_TEXT.contains(within) || within.equals("br") || within.equals("hr")) {
            return false;
        }
        boolean known = TEXT.contains(name) || OTHERS.contains(name);
        return known
                && (!BLOCKS.contains(name) || open.stream().noneMatch(TEXT::contains))
                && (!TEXT.contains(name) || name.equals("span") || !open.contains(name));
    }

    private static boolean mayHave(String name, String attributes, boolean isRoot) {
        var attribute = ATTRIBUTE.matcher(attributes);
        boolean space = false;
        boolean link = !name.equals("a");
        while (attribute.find()) {
            var key = attribute.group(1);
            if (name.equals("a") && key.equals("href")) {
                link = LINK.matcher(attribute.group(2)).matches();
            } else if (!ATTRIBUTES.contains(key) && !(name.equals("table") && OF_TABLES.contains(key))) {
                return false;
            }
            if (key.equals("xmlns")) {
                space = attribute.group(2).substring(1).startsWith("http://www.w3.org/1999/xhtml")
                        && attribute.group(2).length() == 30;
                if (!space) {
                    return false;
                }
            }
        }
        return link && (space || !isRoot);
    }
}
