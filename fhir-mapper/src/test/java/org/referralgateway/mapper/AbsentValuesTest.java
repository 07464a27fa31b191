package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** FHIR lets a sender say of any element only why it has no value. To the mapper such an element was not sent. */
class AbsentValuesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MASKED =
            "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"masked\"}]}";

    static List<Path> cases() {
        return FixturesTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noneOfThemBringsTheMappingDown(Path folder) throws IOException {
        var whole = JSON.readTree(Payloads.bytes(folder.resolve("request.json")));
        for (var holder : objects(whole)) {
            for (var name : List.copyOf(holder.propertyNames())) {
                var value = holder.get(name);
                if (value.isValueNode() && !List.of("resourceType", "url", "id").contains(name)) {
                    holder.remove(name);
                    holder.set("_" + name, JSON.readTree(MASKED));
                    assertThat(isMappedOrRefused(JSON.writeValueAsBytes(whole)))
                            .as(name)
                            .isTrue();
                    holder.remove("_" + name);
                    holder.set(name, value);
                }
            }
        }
    }

    private static List<ObjectNode> objects(JsonNode node) {
        var objects = new ArrayList<ObjectNode>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    /** All the way that a payload takes; what cannot be mapped is a value, too. */
    private static boolean isMappedOrRefused(byte[] body) {
        var submission = Payloads.submission(body);
        submission.requests().forEach(request -> {
            Purpose.of(request);
            Target.of(request, ResourceGraph.of(submission.resources()));
        });
        return !submission.isAcceptable()
                || Payloads.mapped(submission).stream()
                        .allMatch(mapped -> mapped instanceof Mapped.Complete || mapped instanceof Mapped.Refused);
    }

    @Test
    void theyAreNamedAsNotRead() {
        var referral =
                Together.referral("'authoredOn':'2026-11-01','_occurrenceDateTime':" + MASKED.replace('"', '\''));

        assertThat(referral.occurrence()).isNull();
        assertThat(referral.dropped()).containsExactly("Bundle.entry[0].resource.occurrence");
    }

    @Test
    void aReasonBesideAValueChangesNothing() {
        var referral = Together.referral("'authoredOn':'2026-11-01','_authoredOn':" + MASKED.replace('"', '\''));

        assertThat(referral.authoredOn()).isEqualTo("2026-11-01");
    }

    @Test
    void aTaskWithoutAStatusIsRefusedByName() {
        var submission = Payloads.submission(
                ("{\"resourceType\":\"Task\",\"intent\":\"order\",\"_status\":" + MASKED + "}").getBytes(UTF_8));

        assertThat(submission.issues()).extracting(MappingIssue::expression).containsExactly("Task.status");
    }
}
