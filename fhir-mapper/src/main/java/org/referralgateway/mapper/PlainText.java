package org.referralgateway.mapper;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Markup as plain text: some EHRs write HTML into fields that FHIR has as text. Text that does not look like HTML stays as it
 * is, and so does text of which nothing would be left.
 */
final class PlainText {

    /** A tag that people write in, or an entity; a lone "less than" is neither. */
    private static final Pattern MARKUP = Pattern.compile(
            "</?(?:a|b|body|br|div|em|font|h[1-6]|head|html|i|img|li|ol|p|pre|script|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)"
                    + "(?:\\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#[0-9]{1,7}|#x[0-9a-f]{1,6});",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "blockquote",
            "div",
            "dd",
            "dl",
            "dt",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tr",
            "ul");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title");

    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("hellip", "…"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("bull", "•"),
            Map.entry("middot", "·"),
            Map.entry("deg", "°"),
            Map.entry("micro", "µ"),
            Map.entry("plusmn", "±"),
            Map.entry("le", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("auml", "ä"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("Auml", "Ä"),
            Map.entry("Ouml", "Ö"),
            Map.entry("Uuml", "Ü"),
            Map.entry("szlig", "ß"),
            Map.entry("agrave", "à"),
            Map.entry("eacute", "é"),
            Map.entry("egrave", "è"),
            Map.entry("ccedil", "ç"),
            Map.entry("ntilde", "ñ"),
            Map.entry("euro", "€"));

    private final String markup;
    private final int lastClose;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PlainText(String markup) {
        this.markup = markup;
        this.lastClose = markup.lastIndexOf('>');
    }

    static boolean isMarkup(String text) {
        return (text.indexOf('<') >= 0 || text.indexOf('&') >= 0)
                && MARKUP.matcher(text).find();
    }

    /** The text as people would see it. */
    static String of(String text) {
        if (!isMarkup(text)) {
            return text;
        }
        var plain = ofMarkup(text);
        return plain.isEmpty() ? text : plain;
    }

    /** The text of what is known to be markup, such as a narrative. */
    static String ofMarkup(String markup) {
        return new PlainText(markup).read();
    }

    private String read() {
        while (at < markup.length()) {
            char c = markup.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                text(c);
                at++;
            }
        }
        return tidied(out);
    }

    /** Line breaks of the source are spaces; those of the reader come from tags. */
    private void text(char c) {
        out.append(c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }

    private void tag() {
        boolean begins = at < lastClose && isTagStart(markup.charAt(at + 1));
        int end = begins ? markup.indexOf('>', at) : -1;
        if (end < 0) {
            out.append('<');
            at++;
            return;
        }
        if (markup.startsWith("<!--", at)) {
            int close = markup.indexOf("-->", at);
            at = close < 0 ? markup.length() : close + 3;
            return;
        }
        var name = name(markup.substring(at + 1, end));
        boolean opens = markup.charAt(at + 1) != '/';
        at = end + 1;
        put(name, opens);
        if (opens && UNSEEN.contains(name)) {
            skipTo("</" + name);
        }
    }

    private static boolean isTagStart(char c) {
        return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String name(String inside) {
        int from = inside.startsWith("/") ? 1 : 0;
        int to = from;
        while (to < inside.length() && Character.isLetterOrDigit(inside.charAt(to))) {
            to++;
        }
        return inside.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private void put(String name, boolean opens) {
        if (name.equals("br") || BLOCKS.contains(name)) {
            out.append('\n');
            if (opens && name.equals("li")) {
                out.append("- ");
            }
        } else if (CELLS.contains(name) && opens && !isAtLineStart()) {
            out.append(" | ");
        }
    }

    private boolean isAtLineStart() {
        return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    }

    private void skipTo(String closing) {
        int close = at;
        while (close < markup.length() && !markup.regionMatches(true, close, closing, 0, closing.length())) {
            close++;
        }
        at = close;
    }

    private void entity() {
        var near = markup.substring(at + 1, Math.min(markup.length(), at + 11));
        int end = near.indexOf(';');
        var decoded = end < 0 ? null : decoded(near.substring(0, end));
        if (decoded == null) {
            out.append('&');
            at++;
        } else {
            out.append(decoded);
            at += end + 2;
        }
    }

    private static @Nullable String decoded(String entity) {
        if (!entity.startsWith("#")) {
            return ENTITIES.get(entity);
        }
        try {
            boolean hex = entity.startsWith("#x") || entity.startsWith("#X");
            int code = hex ? Integer.parseInt(entity.substring(2), 16) : Integer.parseInt(entity.substring(1));
            return code == 0 || !Character.isValidCodePoint(code) || (code >= 0xD800 && code <= 0xDFFF)
                    ? null
                    : Character.toString(code == 0xA0 ? ' ' : code);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Single spaces, no space around line breaks, and never more than one empty line. */
    private static String tidied(CharSequence text) {
        var tidy = new StringBuilder(text.length());
        int breaks = 0;
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                breaks++;
                space = false;
            } else if (Character.isWhitespace(c) || c == '\u00A0') {
                space = true;
            } else {
                if (breaks > 0 && !tidy.isEmpty()) {
                    tidy.append(breaks > 2 ? "\n\n" : "\n");
                } else if (space && !tidy.isEmpty()) {
                    tidy.append(' ');
                }
                tidy.append(c);
                breaks = 0;
                space = false;
            }
        }
        return tidy.toString();
    }
}
