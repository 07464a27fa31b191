package org.referralgateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies on a topic is an event of ours or is called unreadable, and the words for that quote nothing of it. */
class EventFuzzTest {

    private static final EventCodec CODEC = new EventCodec();

    /**
     * All that can be said of a record. Looking for pieces of the record in it instead would blame it for words of ours, which
     * the fuzzer, who follows comparisons, soon sends.
     */
    private static final Pattern OUR_WORDS = Pattern.compile("""
            The header ce_(type names no known event|subject is not ServiceRequest/\\{id}|sequence is not between 1 and 999999999999\
            |(type|subject|id|sender|sequence|time) (is missing|cannot be read))\\.\
            |The record's key is not the referral that ce_subject names\\.\
            |The record has no value\\.\
            |The value is (the JSON null|not the JSON of a (TYPES))\\.\
            |The value of a (TYPES) lacks [A-Za-z.]+\\.\
            """.replace(
                    "TYPES",
                    Arrays.stream(EventType.values())
                            .map(type -> Pattern.quote(type.wireName()))
                            .collect(Collectors.joining("|"))));

    /** An event of each type, and what others may put there. */
    static Stream<byte[]> seeds() {
        var events = Arrays.stream(EventType.values())
                .map(type -> CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(type))))
                .map(wire -> wire.key()
                        + wire.headers().entrySet().stream()
                                .map(header -> "\n" + header.getKey() + "=" + header.getValue())
                                .collect(Collectors.joining())
                        + "\n\n" + new String(wire.data(), UTF_8))
                .toList();
        var first = events.getFirst();
        return Stream.concat(
                        events.stream(),
                        Stream.of(
                                "",
                                "\n\n",
                                first.replace("ce_sequence=000000000007", "ce_sequence=9223372036854775807"),
                                first.replace("ce_sequence=000000000007", "ce_sequence=-1"),
                                first.replace("2026-03-02T09:15:30.123456Z", "+1000000000-12-31T23:59:59.999999999Z"),
                                first.replace("\"value\":8", "\"value\":1e999999999"),
                                first.replace("\"version\":1", "\"version\":null"),
                                first.replace("ServiceRequest/", "ServiceRequest/ServiceRequest/"),
                                first.replace("ce_sender=demo", "ce_sender=\u0000"),
                                first.substring(0, first.indexOf("\n\n") + 2) + "[".repeat(3_000),
                                first.substring(0, first.indexOf("\n\n") + 2) + "null"))
                .map(text -> text.getBytes(UTF_8));
    }

    /**
     * @param record the key, one line per header ({@code name=value}), an empty line, the data
     */
    @MethodSource("seeds")
    @FuzzTest
    void isReadOrCalledUnreadable(byte[] record) {
        var text = new String(record, UTF_8);
        int end = text.indexOf("\n\n");
        var head = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        var data = end < 0 ? null : text.substring(end + 2).getBytes(UTF_8);
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i < head.length; i++) {
            int equals = head[i].indexOf('=');
            headers.put(equals < 0 ? head[i] : head[i].substring(0, equals), head[i].substring(equals + 1));
        }
        read(head[0], headers, data);
    }

    private static void read(String key, LinkedHashMap<String, String> headers, byte @Nullable [] data) {
        EventEnvelope event;
        try {
            event = CODEC.read(key, headers, data);
        } catch (UnreadableEvent e) {
            assertThat(e.getMessage()).matches(OUR_WORDS);
            return;
        }
        // What was understood means the same when it is written again.
        var again = CODEC.write(event);
        assertThat(CODEC.read(again.key(), again.headers(), again.data())).isEqualTo(event);
        assertThat(isText(again.data())).isTrue();
    }

    private static boolean isText(byte[] data) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(data));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
