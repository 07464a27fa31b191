package org.referralgateway.mapper;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The one encoding that payloads have. */
final class Utf8 {

    private Utf8() {}

    static MappingIssue refused() {
        return MappingIssue.error(
                IssueCode.NOT_UTF8, "", "The body is not valid UTF-8 text. Send JSON or XML encoded in UTF-8.");
    }

    /** Where the text begins: after the byte order mark, where there is one. */
    static int start(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    static boolean isClean(byte[] body, int start) {
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
