package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload.Part;
import org.referralgateway.mapper.Shape.Element;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One walk over the tokens of one payload. */
final class PayloadWalk {

    private static final int MAX_EXPONENT = 100;
    /** Two of them, in three bytes a character, fit into a page of an index. */
    private static final int LONGEST_IDENTIFIER = 400;

    private final Shapes shapes;
    private final PayloadLimits limits;
    private final JsonFactory json;
    private final byte[] body;
    private final int start;
    private final PayloadProblems problems;
    private final List<Part> parts = new ArrayList<>();
    private final Shape elementWithExtensions;

    PayloadWalk(Shapes shapes, PayloadLimits limits, JsonFactory json, byte[] body, int start) {
        this.shapes = shapes;
        this.limits = limits;
        this.json = json;
        this.body = body;
        this.start = start;
        this.problems = new PayloadProblems(limits.maxProblems());
        this.elementWithExtensions = shapes.elementWithExtensions();
    }

    CheckedPayload walk() {
        var rootType = "";
        try (var in = json.createParser(body, start, body.length - start)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                problems.error(IssueCode.NOT_A_RESOURCE, "", "The body is not a JSON object. Send one FHIR resource.");
            } else {
                rootType = resource(in, null);
                if (in.nextToken() != null) {
                    problems.error(
                            IssueCode.JSON_SYNTAX,
                            rootType,
                            "There is text after the resource. Send one resource only.");
                }
            }
        } catch (StreamConstraintsException e) {
            tooMuch(e);
        } catch (JacksonException e) {
            syntax(e);
        }
        return new CheckedPayload(rootType, parts, problems.list());
    }

    /** Walks a resource whose START_OBJECT is the current token; returns its type. */
    private String resource(JsonParser in, @Nullable ElementPath path) {
        int from = offset(in);
        var type = typeOf(from);
        var shape = shapes.resource(type);
        var here = path == null ? ElementPath.root(shape.isEmpty() ? "Resource" : type) : path;
        if (shape.isEmpty()) {
            skip(in, here); // first, so that broken JSON is called broken JSON
            problems.fatal(
                    IssueCode.NOT_A_RESOURCE,
                    path == null ? "" : here.toString(),
                    "resourceType is missing or names no resource of FHIR " + shapes.version() + ".");
            return "";
        }
        var place = path == null ? Place.WHOLE : Place.of(path);
        var slot = place == null ? -1 : parts.size();
        if (place != null) {
            parts.add(place.part(type, null, from, 0));
        }
        var outer = problems.enter(type, path == null);
        var id = object(in, shape.get(), here);
        problems.leave(outer);
        if (place != null) {
            parts.set(slot, place.part(type, id, from, end(in) - from));
        }
        return type;
    }

    private int offset(JsonParser in) {
        return start + (int) in.currentTokenLocation().getByteOffset();
    }

    private int end(JsonParser in) {
        return start + (int) in.currentLocation().getByteOffset();
    }

    /** resourceType need not come first, so it is looked for ahead; in practice it is the first property. */
    private String typeOf(int from) {
        try (var ahead = json.createParser(body, from, body.length - from)) {
            ahead.nextToken();
            while (ahead.nextToken() == JsonToken.PROPERTY_NAME) {
                var isType = "resourceType".equals(ahead.currentName());
                var value = ahead.nextToken();
                if (isType) {
                    return value == JsonToken.VALUE_STRING ? ahead.getString() : "";
                }
                ahead.skipChildren();
            }
        } catch (JacksonException e) {
            return ""; // the walk itself comes to the same fault and reports it with its place
        }
        return "";
    }

    /** Walks an object; where it is a resource, the result is the id that it has. */
    private @Nullable String object(JsonParser in, Shape shape, ElementPath path) {
        var seen = new SeenProperties();
        String id = null;
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = in.currentName();
            name(name, seen.add(name), path.child(Quoted.name(name)));
            in.nextToken();
            if (shape.resource() && name.equals("resourceType")) {
                continue;
            }
            if (name.equals("modifierExtension") || (shape.resource() && name.equals("implicitRules"))) {
                problems.fatal(
                        IssueCode.UNKNOWN_MODIFIER,
                        path.child(name).toString(),
                        "This changes the meaning in a way the gateway does not know. Send it without, or in plain elements.");
                skip(in, path.child(name));
                continue;
            }
            if (shape.resource() && name.equals("id") && in.currentToken() == JsonToken.VALUE_STRING) {
                id = in.getString();
            }
            property(in, shape, name, path, seen);
        }
        if (seen.isEmpty()) {
            problems.error(IssueCode.EMPTY_ELEMENT, path.toString(), "The object is empty. Leave the element out.");
        }
        seen.emptyPlaces((element, index) -> problems.error(
                IssueCode.EMPTY_ELEMENT,
                path.child(element).at(index).toString(),
                "This place of the array has neither a value nor extensions. Leave it out."));
        for (var child : shape.required()) {
            if (!seen.has(child)) {
                problems.error(
                        IssueCode.REQUIRED_MISSING,
                        path.child(child.name()).toString(),
                        "FHIR " + shapes.version() + " requires this element in " + shape.type() + ". Add it.");
            }
        }
        return id;
    }

    private void name(String name, boolean isNew, ElementPath path) {
        if (!isNew) {
            problems.fatal(
                    IssueCode.DUPLICATE_KEY,
                    path.toString(),
                    "This property occurs twice in one object. Send it once.");
        }
        if (hasForbiddenCharacter(name)) {
            problems.fatal(
                    IssueCode.FORBIDDEN_CHARACTER,
                    path.toString(),
                    "The name of a property holds a NUL or half of a surrogate pair. Remove it.");
        }
    }

    /** Past a value that is wrong where it stands. What would harm whoever parses it later is still refused. */
    private void skip(JsonParser in, ElementPath path) {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                var seen = new HashSet<String>();
                while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = in.currentName();
                    name(name, seen.add(name), path);
                    in.nextToken();
                    skip(in, path);
                }
            }
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    skip(in, path);
                }
            }
            case null, default -> isHarmless(in, path);
        }
    }

    private void property(JsonParser in, Shape shape, String name, ElementPath path, SeenProperties seen) {
        boolean sibling = name.startsWith("_");
        var element = shape.elements().get(sibling ? name.substring(1) : name);
        if (element == null || (sibling && element.format() == null)) {
            problems.error(
                    IssueCode.UNKNOWN_ELEMENT,
                    path.child(Quoted.name(name)).toString(),
                    "FHIR " + shapes.version() + " has no such element in " + shape.type()
                            + ". Remove it or correct its name.");
            skip(in, path.child(Quoted.name(name)));
            return;
        }
        var here = path.child(element.child().name());
        if (shape.type().equals("Identifier") && isTooLongToBeOne(in)) {
            problems.fatal(
                    IssueCode.STRING_TOO_LONG,
                    here.toString(),
                    "No identifier has more than " + LONGEST_IDENTIFIER
                            + " characters in its system or value. Send a shorter" + " one.");
            return;
        }
        if (!seen.addForm(element.child(), element.name())) {
            problems.error(
                    IssueCode.CHOICE_REPEATED,
                    here.toString(),
                    "Only one form of " + element.child().name() + "[x] may be sent.");
        }
        if (element.child().list()) {
            list(in, element, sibling, here, seen);
        } else {
            single(in, element, sibling, here);
        }
    }

    /** Identifiers are looked up, and an index of the database holds only so much. */
    private static boolean isTooLongToBeOne(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_STRING && in.getStringLength() > LONGEST_IDENTIFIER;
    }

    private void list(JsonParser in, Element element, boolean sibling, ElementPath path, SeenProperties seen) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            problems.error(IssueCode.WRONG_SHAPE, path.toString(), "This element repeats. Send an array, even of one.");
            skip(in, path);
            return;
        }
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (isEntry(path) && count == limits.maxEntries()) {
                problems.fatal(
                        IssueCode.TOO_MANY_ENTRIES,
                        path.toString(),
                        "The Bundle has more than " + limits.maxEntries() + " entries. Send fewer at once.");
            }
            var here = path.at(count++);
            if (element.format() != null) {
                boolean filled = in.currentToken() != JsonToken.VALUE_NULL;
                seen.place(element.name(), here.index(), filled);
                if (!filled) {
                    continue; // null keeps the place of a primitive that has only extensions
                }
            }
            single(in, element, sibling, here);
        }
        if (count == 0) {
            problems.error(IssueCode.EMPTY_ELEMENT, path.toString(), "The array is empty. Leave the element out.");
        }
    }

    private static boolean isEntry(ElementPath path) {
        return path.parent() != null
                && path.parent().parent() == null
                && path.name().equals("entry");
    }

    private void single(JsonParser in, Element element, boolean sibling, ElementPath path) {
        if (sibling) {
            complex(in, elementWithExtensions, path);
        } else if (element.anyResource()) {
            if (expectObject(in, path)) {
                resource(in, path);
            }
        } else if (element.below() != null) {
            complex(in, element.below().get(), path);
        } else if (element.format() != null) {
            primitive(in, element, element.format(), path);
        }
    }

    /** Which entry a resource is: {@code Bundle.entry[n].resource}, or one level below it. Deeper ones are not taken apart. */
    private record Place(int entry, int nested) {

        static final Place WHOLE = new Place(Part.WHOLE, Part.NOT_NESTED);

        static @Nullable Place of(ElementPath resource) {
            var entry = entryOf(resource);
            if (entry == null) {
                return null;
            }
            if (isEntry(entry)) {
                return new Place(entry.index(), Part.NOT_NESTED);
            }
            var outer = entry.parent() == null ? null : entryOf(entry.parent());
            return outer != null && isEntry(outer) ? new Place(outer.index(), entry.index()) : null;
        }

        private static @Nullable ElementPath entryOf(ElementPath resource) {
            var entry = resource.parent();
            return entry != null
                            && resource.name().equals("resource")
                            && entry.name().equals("entry")
                    ? entry
                    : null;
        }

        Part part(String type, @Nullable String id, int offset, int length) {
            return new Part(entry, nested, type, id, offset, length);
        }
    }

    private void complex(JsonParser in, Shape shape, ElementPath path) {
        if (expectObject(in, path)) {
            object(in, shape, path);
        }
    }

    private boolean expectObject(JsonParser in, ElementPath path) {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        var what = in.currentToken() == JsonToken.START_ARRAY ? "an array" : "a simple value";
        problems.error(IssueCode.WRONG_SHAPE, path.toString(), "An object belongs here, not " + what + ".");
        skip(in, path);
        return false;
    }

    private void primitive(JsonParser in, Element element, PrimitiveFormat format, ElementPath path) {
        var token = in.currentToken();
        if (token == null || token.isStructStart() || token == JsonToken.VALUE_NULL || !fits(format.kind(), token)) {
            problems.error(IssueCode.WRONG_SHAPE, path.toString(), "Send " + format.expected() + ".");
            skip(in, path);
            return;
        }
        if (token.isBoolean() || !isHarmless(in, path)) {
            return;
        }
        var text = in.getString();
        if (format == PrimitiveFormat.XHTML && !format.accepts(text)) {
            // HAPI's parser gives up the whole payload for it, wherever it is.
            problems.fatal(IssueCode.NARRATIVE_UNREADABLE, path.toString(), "Send " + format.expected() + ".");
        } else if (!format.accepts(text)) {
            var code = format == PrimitiveFormat.REFERENCE ? IssueCode.UNSAFE_REFERENCE : IssueCode.INVALID_VALUE;
            problems.error(code, path.toString(), "Send " + format.expected() + ".");
        } else if (element.codes() != null && !element.codes().contains(text)) {
            problems.error(
                    IssueCode.INVALID_CODE,
                    path.toString(),
                    "The code is not in FHIR's list for this element: "
                            + element.codes().stream().sorted().limit(20).toList() + ".");
        }
    }

    /** False, and reported, where the current number or text would harm whoever works with it. */
    private boolean isHarmless(JsonParser in, ElementPath path) {
        var token = in.currentToken();
        if (token != null && token.isNumeric() && isNumberBomb(in.getString())) {
            problems.fatal(
                    IssueCode.NUMBER_TOO_LARGE, path.toString(), "The number is too large or too small to be meant.");
            return false;
        }
        if (token == JsonToken.VALUE_STRING && hasForbiddenCharacter(in.getString())) {
            problems.fatal(
                    IssueCode.FORBIDDEN_CHARACTER,
                    path.toString(),
                    "The text holds a NUL or half of a surrogate pair. Remove it.");
            return false;
        }
        if (token == JsonToken.VALUE_STRING && hasControlCharacter(in.getString())) {
            problems.error(
                    IssueCode.FORBIDDEN_CHARACTER,
                    path.toString(),
                    "FHIR's strings hold no control characters but tab, line feed and carriage return. Remove it.");
        }
        return true;
    }

    /** Source: R4, datatypes, string. */
    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(PrimitiveFormat.JsonKind kind, JsonToken token) {
        return switch (kind) {
            case BOOLEAN -> token.isBoolean();
            case INTEGER, NUMBER -> token.isNumeric();
            case STRING -> token == JsonToken.VALUE_STRING;
        };
    }

    /** 1e1000000000 is ten characters long and fills the heap once somebody makes a plain number of it. */
    private boolean isNumberBomb(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return number.length() > limits.maxNumberCharacters();
        }
        var exponent = number.substring(e + 1);
        return exponent.length() > 5 || Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT;
    }

    private static boolean hasForbiddenCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && !isPairAt(text, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void tooMuch(StreamConstraintsException e) {
        var reason = String.valueOf(e.getOriginalMessage());
        if (reason.contains("nesting depth")) {
            problems.fatal(IssueCode.TOO_DEEP, "", "The JSON is nested deeper than " + limits.maxDepth() + " levels.");
        } else if (reason.contains("Number value length")) {
            problems.fatal(
                    IssueCode.NUMBER_TOO_LARGE,
                    "",
                    "A number has more than " + limits.maxNumberCharacters() + " characters.");
        } else if (reason.contains("Name length")) {
            problems.fatal(
                    IssueCode.UNKNOWN_ELEMENT,
                    "",
                    "A property's name is longer than any that FHIR has. Remove it or correct its name.");
        } else {
            problems.fatal(
                    IssueCode.STRING_TOO_LONG,
                    "",
                    "A text has more than " + limits.maxStringCharacters()
                            + " characters. Send large documents by reference.");
        }
    }

    /** Jackson's own message quotes the text around the fault, which may be a patient's; line and column are enough. */
    private void syntax(JacksonException e) {
        var where = e.getLocation();
        var place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        problems.fatal(IssueCode.JSON_SYNTAX, "", "The body is not well-formed JSON" + place + ".");
    }
}
