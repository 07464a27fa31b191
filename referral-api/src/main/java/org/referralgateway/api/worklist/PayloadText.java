package org.referralgateway.api.worklist;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payload for people to read.
 *
 * @param isCut true where there is more of it than is shown
 */
record PayloadText(String text, boolean isCut) {

    static final int SHOWN = 200_000;

    private static final JsonMapper JSON = new JsonMapper();

    static PayloadText of(byte[] body) {
        var text = pretty(body);
        return text.length() > SHOWN ? new PayloadText(text.substring(0, SHOWN), true) : new PayloadText(text, false);
    }

    /** Indented, with every number and repeated name as it was sent; what is no JSON as it is. */
    private static String pretty(byte[] body) {
        var out = new StringWriter();
        try (var in = JSON.createParser(body);
                var generator = JSON.writerWithDefaultPrettyPrinter().createGenerator(out)) {
            while (in.nextToken() != null) {
                generator.copyCurrentEventExact(in);
            }
        } catch (JacksonException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
        return out.toString();
    }
}
