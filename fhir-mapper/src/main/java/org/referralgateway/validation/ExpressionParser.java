package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads FHIRPath into a tree. */
final class ExpressionParser {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'(?:[^'\\\\]|\\\\.)*')|(?<number>[0-9]+(?:\\.[0-9]+)?)|(?<name>[A-Za-z_$][A-Za-z0-9_]*|`[^`]+`)"
                    + "|(?<variable>%(?:[A-Za-z_][A-Za-z0-9_]*|'[^']*'|`[^`]*`|\"[^\"]*\"))|(?<sign><=|>=|!=|!~|[-+*/&|<>=~().,\\[\\]{}]))");

    private static final List<Set<String>> BINARY = List.of(
            Set.of("implies"),
            Set.of("or", "xor"),
            Set.of("and"),
            Set.of("in", "contains"),
            Set.of("=", "!=", "~", "!~"),
            Set.of("<", "<=", ">", ">="),
            Set.of("|"),
            Set.of("is", "as"),
            Set.of("+", "-", "&"),
            Set.of("*", "/", "div", "mod"));

    /** A part of an expression. */
    sealed interface Part {
        record Text(String value) implements Part {}

        record Number(String value) implements Part {}

        record Variable(String name) implements Part {}

        record Name(String name) implements Part {}

        record Call(String name, List<Part> arguments) implements Part {}

        record Nothing() implements Part {}

        record Then(Part first, Part next) implements Part {}

        record At(Part list, Part index) implements Part {}

        record Binary(String operator, Part left, Part right) implements Part {}
    }

    /** It is more than is compiled here. */
    static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1L;

        TooMuch(String what) {
            super(what);
        }
    }

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private ExpressionParser(String text) throws TooMuch {
        var matcher = TOKEN.matcher(text);
        int from = 0;
        while (from < text.length() && !text.substring(from).isBlank()) {
            if (!matcher.find(from) || matcher.start() != from) {
                throw new TooMuch("token");
            }
            tokens.add(matcher.group().strip());
            from = matcher.end();
        }
    }

    static Part parse(String text) throws TooMuch {
        var parser = new ExpressionParser(text);
        var whole = parser.binary(0);
        if (parser.at < parser.tokens.size()) {
            throw new TooMuch(parser.tokens.get(parser.at));
        }
        return whole;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void require(String token) throws TooMuch {
        if (!take(token)) {
            throw new TooMuch("no " + token);
        }
    }

    private Part binary(int level) throws TooMuch {
        if (level == BINARY.size()) {
            return path();
        }
        var left = binary(level + 1);
        while (BINARY.get(level).contains(peek())) {
            var operator = tokens.get(at++);
            left = new Part.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private Part path() throws TooMuch {
        var part = term();
        while (true) {
            if (take(".")) {
                part = new Part.Then(part, invocation());
            } else if (take("[")) {
                part = new Part.At(part, binary(0));
                require("]");
            } else {
                return part;
            }
        }
    }

    private Part term() throws TooMuch {
        var token = peek();
        if (take("(")) {
            var inner = binary(0);
            require(")");
            return inner;
        }
        if (take("{")) {
            require("}");
            return new Part.Nothing();
        }
        if (token.startsWith("'")) {
            at++;
            return new Part.Text(unescaped(token.substring(1, token.length() - 1)));
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            at++;
            return new Part.Number(token);
        }
        if (token.startsWith("%")) {
            at++;
            return new Part.Variable(token.substring(1));
        }
        return invocation();
    }

    private Part invocation() throws TooMuch {
        var name = peek().replace("`", "");
        if (name.isEmpty() || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '$' || name.charAt(0) == '_')) {
            throw new TooMuch("name");
        }
        at++;
        if (!take("(")) {
            return new Part.Name(name);
        }
        var arguments = new ArrayList<Part>();
        while (!take(")")) {
            arguments.add(binary(0));
            if (!peek().equals(")")) {
                require(",");
            }
        }
        return new Part.Call(name, arguments);
    }

    private static String unescaped(String text) throws TooMuch {
        if (!text.contains("\\")) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            switch (text.charAt(++i)) {
                case '\\' -> plain.append('\\');
                case '\'' -> plain.append('\'');
                case '"' -> plain.append('"');
                case '/' -> plain.append('/');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                default -> throw new TooMuch("escape");
            }
        }
        return plain.toString();
    }
}
