package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON payload strictly, before any object is made of it: one pass over its tokens that finds what HAPI's parser
 * lets through (duplicate keys, number bombs, NUL, bytes that are not UTF-8) and every departure from R4's structure, each
 * with its FHIRPath. Sources: <a href="http://hl7.org/fhir/R4/json.html">JSON representation</a> and R4's definitions as
 * HAPI's model has them.
 *
 * <p>Faults in the ServiceRequest, in the Bundle around it and in the JSON itself are errors. Structural faults in any other
 * resource are warnings: a third of real Bundles have some, and their referral is usable.
 */
public final class PayloadCheck {

    private final Shapes shapes;
    private final PayloadLimits limits;
    private final JsonFactory json;

    public PayloadCheck(FhirContext fhir, PayloadLimits limits) {
        this.shapes = new Shapes(fhir);
        this.limits = limits;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberCharacters())
                        .maxStringLength(limits.maxStringCharacters())
                        .maxNameLength(200)
                        .build())
                .build();
    }

    /**
     * @param body of the request, after transfer and content encodings are undone
     */
    public CheckedPayload check(byte[] body) {
        var textStart = afterByteOrderMark(body);
        if (!isCleanUtf8(body, textStart)) {
            return new CheckedPayload(
                    "",
                    List.of(),
                    List.of(MappingIssue.error(
                            IssueCode.NOT_UTF8, "", "The body is not valid UTF-8 text. Send JSON encoded in UTF-8.")));
        }
        return new PayloadWalk(shapes, limits, json, body, textStart).walk();
    }

    private static int afterByteOrderMark(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static boolean isCleanUtf8(byte[] body, int start) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(body, start, body.length - start);
        var out = CharBuffer.allocate(4096);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError() || containsNul(out)) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }

    /** A raw NUL means another encoding, such as UTF-16, which the JSON reader would guess instead of refusing. */
    private static boolean containsNul(CharBuffer out) {
        var chars = out.array();
        for (int i = 0; i < out.position(); i++) {
            if (chars[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
