package org.referralgateway.api.hostile;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The kinds of hostile input. Each has a few shapes, and each shape many forms; the same seed makes the same ones. */
enum HostileClass {
    MALFORMED_JSON("JSON that is cut off, mangled, or nothing of the kind.", JsonShapes.MALFORMED),
    DEEP_JSON("Objects and arrays inside each other until a stack ends.", JsonShapes.DEEP),
    WIDE_JSON("More members, elements and entries than anybody needs.", JsonShapes.WIDE),
    DUPLICATE_KEYS("The same key twice, so that two readers see two things.", JsonShapes.DUPLICATES),
    HUGE_NUMBERS("Numbers too large, too long, too small or none.", JsonShapes.NUMBERS),
    STRANGE_DATES("Days that no calendar has, and times beyond all clocks.", JsonShapes.DATES),
    LONG_STRINGS(
            "Strings as long as allowed and longer, in every field that is searched or compared.", JsonShapes.STRINGS),
    BROKEN_UTF8("Byte order marks, overlong forms, lone surrogates, other encodings.", JsonShapes.ENCODED),
    CONTROL_CHARACTERS("NUL and its like, raw and escaped, and characters that turn text around.", JsonShapes.CONTROLS),
    WRONG_TYPES("An object where a string belongs, and every other exchange.", JsonShapes.TYPES),
    MALFORMED_XML("XML that is cut off, mangled, or in the wrong namespace.", XmlShapes.MALFORMED),
    XML_ENTITIES("Document types, entities of files and addresses, and those that grow.", XmlShapes.ENTITIES),
    XML_SHAPES("Deep, wide and long XML, processing instructions, includes.", XmlShapes.SHAPES),
    CONTENT_TYPES("Content types and charsets that lie, clash or are no such thing.", WireShapes.TYPES),
    CONTENT_ENCODINGS("Gzip that is cut off, no gzip, or a thousand times larger than it looks.", WireShapes.ENCODINGS),
    FRAMING("Lengths that do not fit, chunks that never end, two requests in one.", WireShapes.FRAMING),
    HEADER_INJECTION("Line ends and markup in headers that are echoed, logged or stored.", WireShapes.INJECTION),
    OVERSIZED_HEADERS("Headers and addresses too long, or too many.", WireShapes.OVERSIZED),
    METHODS("Methods that are not offered, and ways to disguise one.", WireShapes.METHODS),
    PATH_TRICKS("Dots, slashes, encodings and parameters in paths.", AddressShapes.PATHS),
    SEARCH_OPERATORS("Modifiers, chains, SQL, patterns and FHIRPath in searches.", AddressShapes.OPERATED),
    SEARCH_VALUES("Values that no parameter of that kind has.", AddressShapes.VALUES),
    FORGED_PAGES("Paging links and cursors that nobody gave out.", AddressShapes.PAGES),
    PRECONDITIONS("If-Match, If-None-Exist and conditional addresses that are none.", AddressShapes.PRECONDITIONS),
    BUNDLE_VERBS("Bundles that delete, patch, read, nest, or say nothing.", BundleShapes.VERBS),
    BUNDLE_LINKS("References in circles, clashing full URLs, entries about each other.", BundleShapes.LINKS),
    CONTAINED("Contained resources in circles, in each other, without ids, with the same.", ResourceShapes.CONTAINED),
    NARRATIVES("Script and markup in narratives and in every text.", ResourceShapes.NARRATIVES),
    ATTACHMENTS("Attachments that point to files, networks and themselves.", ResourceShapes.ATTACHMENTS),
    ADDRESSES_WITHIN(
            "References to metadata services and machines inside, to be fetched by us.", ResourceShapes.INWARD),
    PARAMETERS(
            "Parameters resources that are huge, empty, nested, or not for that operation.", ResourceShapes.PARAMETERS),
    ANSWERS("Questionnaire responses that nest, repeat, contradict and inject.", ResourceShapes.ANSWERS),
    TOKENS("Tokens, assertions and grant requests that are malformed.", DoorShapes.TOKENS),
    COOKIES("Cookies that nobody was given.", DoorShapes.COOKIES),
    FORMS("Forms from elsewhere, without a token, twice, or full of what no form holds.", DoorShapes.FORMS),
    PAGE_ADDRESSES("Addresses of pages, proofs and files with what does not belong in them.", DoorShapes.ADDRESSES);

    static final int EACH = 60;

    private final String sentence;
    private final List<Shape> shapes;

    HostileClass(String sentence, List<Shape> shapes) {
        this.sentence = sentence;
        this.shapes = shapes;
    }

    /** A form of hostile input, to be varied. */
    interface Shape {
        /** @param mark a word that must not come back */
        Hostile of(Random random, String mark);
    }

    String sentence() {
        return sentence;
    }

    static String mark(int number, int of) {
        return "zq%02dx%04dqz".formatted(of, number);
    }

    /** Every shape in turn, each time in another form. */
    List<Made> inputs() {
        return IntStream.range(0, EACH)
                .mapToObj(number -> {
                    var mark = mark(number, ordinal());
                    var random = new Random(31L * ordinal() + number);
                    return new Made(mark, shapes.get(number % shapes.size()).of(random, mark));
                })
                .toList();
    }

    record Made(String mark, Hostile hostile) {}
}
