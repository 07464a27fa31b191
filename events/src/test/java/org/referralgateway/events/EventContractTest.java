package org.referralgateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Code, schemas, AsyncAPI document and golden payloads say the same. */
class EventContractTest {

    private static final EventCodec CODEC = new EventCodec();
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void whatIsWrittenReadsBackEqual(EventType type) {
        var envelope = ExampleEvents.enveloped(ExampleEvents.of(type));
        var wire = CODEC.write(envelope);

        assertThat(CODEC.read(wire.key(), wire.headers(), wire.data())).isEqualTo(envelope);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeHasASchemaThatItsDataFollows(EventType type) throws IOException {
        var data = new String(
                CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(type))).data(), UTF_8);

        assertThat(schemaErrors(type, data)).isEmpty();
        assertThat(schemaErrors(type, "{\"surprise\":1}")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void goldenPayloadsOfEveryVersionStayReadable(EventType type) throws IOException {
        var golden = resource("/payloads/v1/" + type.wireName() + ".json");
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(type)));

        assertThat(schemaErrors(type, golden)).isEmpty();
        assertThat(CODEC.read(wire.key(), wire.headers(), golden.getBytes(UTF_8))
                        .event())
                .isEqualTo(ExampleEvents.of(type));
        assertThat(JSON.readTree(wire.data())).isEqualTo(JSON.readTree(golden));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"REFERRAL_RECEIVED_V1", "REFERRAL_AMENDED_V1"})
    void factsFromBeforeThereWereConclusionsStayReadable(EventType type) throws IOException {
        var golden = resource("/payloads/v1/" + type.wireName() + ".without-conclusions.json");
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(type)));
        var event =
                CODEC.read(wire.key(), wire.headers(), golden.getBytes(UTF_8)).event();

        assertThat(schemaErrors(type, golden)).isEmpty();
        var content = event instanceof ReferralEvent.Received received
                ? received.content()
                : ((ReferralEvent.Amended) event).content();
        assertThat(content.reasons()).isNotEmpty();
        assertThat(content.conclusions()).isNull();
    }

    @Test
    void theAsyncApiDocumentNamesExactlyTheTypesAndTopicsOfTheCode() throws IOException {
        var document = new YAMLMapper().readTree(resource("/asyncapi/referral-gateway.yaml"));
        var documented = new ArrayList<String>();
        for (var channel : document.get("channels")) {
            for (var message : channel.get("messages").propertyNames()) {
                documented.add(message + " on " + channel.get("address").asString());
                assertThat(document.at("/components/messages/" + message + "/payload/schema/$ref")
                                .asString())
                        .isEqualTo("../schema/" + message + ".schema.json");
            }
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(EventType.values())
                        .map(type -> type.wireName() + " on " + type.topic())
                        .toList());
    }

    @Test
    void theAsyncApiDocumentListsExactlyTheHeadersThatAreWritten() throws IOException {
        var document = new YAMLMapper().readTree(resource("/asyncapi/referral-gateway.yaml"));
        JsonNode properties = document.at("/components/schemas/headers/properties");
        var written = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TASK_OPENED_V1)))
                .headers();

        assertThat(properties.propertyNames()).containsExactlyInAnyOrderElementsOf(written.keySet());
        assertThat(StreamSupport.stream(
                                document.at("/components/schemas/headers/required")
                                        .spliterator(),
                                false)
                        .map(JsonNode::asString))
                .isSubsetOf(written.keySet());
    }

    @Test
    void theSequenceSortsAsText() {
        var early = ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1));
        var late =
                new EventEnvelope(early.id(), early.sender(), early.referral(), 10, early.time(), null, early.event());

        assertThat(CODEC.write(early).headers().get("ce_sequence"))
                .isEqualTo("000000000007")
                .isLessThan(CODEC.write(late).headers().get("ce_sequence"));
        assertThat(CODEC.write(late).headers()).doesNotContainKey("ce_traceparent");
    }

    @Test
    void anOlderReaderToleratesWhatANewerWriterAdds() {
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1)));
        var data = "{\"outcome\":\"accepted\",\"addedLater\":true}".getBytes(UTF_8);

        assertThat(CODEC.read(wire.key(), wire.headers(), data).event())
                .isEqualTo(new ReferralEvent.TriageDecided(TriageOutcome.ACCEPTED, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_subject", "ce_time", "ce_sequence", "ce_sender"})
    void aMissingOrBrokenHeaderIsNamedAndNothingIsQuoted(String header) {
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1)));
        Map<String, String> without = new LinkedHashMap<>(wire.headers());
        without.remove(header);
        assertThatThrownBy(() -> CODEC.read(wire.key(), without, wire.data()))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(header);
        if (!header.equals("ce_sender")) {
            Map<String, String> broken = new LinkedHashMap<>(wire.headers());
            broken.put(header, "Hazel Nutt");
            assertThatThrownBy(() -> CODEC.read(wire.key(), broken, wire.data()))
                    .isInstanceOf(UnreadableEvent.class)
                    .hasMessageNotContaining("Hazel");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"outcome\":\"Hazel Nutt\"}",
                "{}",
                "{\"outcome\":null}",
                "{\"outcome\":\"accepted\"}}"
            })
    void brokenDataIsRefusedWithoutQuotingIt(String data) {
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1)));
        assertThatThrownBy(() -> CODEC.read(wire.key(), wire.headers(), data.getBytes(UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageNotContaining("Hazel");
    }

    @Test
    void aRecordWhoseKeyIsAnotherReferralIsRefused() {
        var wire = CODEC.write(ExampleEvents.enveloped(ExampleEvents.of(EventType.TRIAGE_DECIDED_V1)));
        assertThatThrownBy(() -> CODEC.read("another", wire.headers(), wire.data()))
                .isInstanceOf(UnreadableEvent.class);
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void everyTaskStatusHasFhirsCode(TaskStatus status) {
        assertThat(TaskStatus.of(status.code())).isSameAs(status);
        assertThat(status.code()).matches("[a-z-]+");
    }

    private static List<String> schemaErrors(EventType type, String data) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource("/schema/" + type.wireName() + ".schema.json"), InputFormat.JSON);
        return schema.validate(data, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = EventContractTest.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
        }
    }
}
