package org.referralgateway.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.events.Topics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs last: of the persons in the test data, nothing is in what all tests of this JVM have left in logs, metrics, the trail
 * and the topics. Run alone, it looks at little.
 */
@Order(Integer.MAX_VALUE)
class NothingLeakedTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> PERSONS = Set.of("Patient", "RelatedPerson", "Person");
    private static final Set<String> OF_A_PERSON = Set.of("family", "given", "line", "birthDate", "value");
    /** Short ones are words of other things too. */
    private static final int SHORTEST = 5;

    private final TestGateway gateway = TestGateway.shared();

    /** Names, numbers, addresses and birthdays of the persons in samples and test data. */
    static Set<String> words() throws IOException {
        var words = new TreeSet<String>();
        for (var sample : Canaries.samples()) {
            collect(JSON.readTree(Files.readString(sample)), false, words);
        }
        collect(JSON.readTree(Referrals.aReferral("R-0")), false, words);
        collect(JSON.readTree(Referrals.aTransaction("R-0")), false, words);
        words.addAll(List.of("Hazel", "Nutt", "Silvia", "Birch", Canaries.BIRTH_DATE));
        // Rows and transactions have numbers too, and in a long run any of few digits comes by.
        words.removeIf(word -> word.equals("P-R-0") || word.matches("[0-9]{1,8}"));
        return words;
    }

    private static void collect(JsonNode node, boolean ofAPerson, Set<String> words) {
        boolean person = ofAPerson || PERSONS.contains(node.path("resourceType").asString(""));
        if (node.isObject()) {
            node.properties().forEach(member -> {
                var value = member.getValue();
                if (person && OF_A_PERSON.contains(member.getKey())) {
                    (value.isArray() ? value.valueStream() : java.util.stream.Stream.of(value))
                            .filter(JsonNode::isString)
                            .map(JsonNode::asString)
                            .filter(word -> word.length() >= SHORTEST)
                            .forEach(words::add);
                }
                collect(value, person, words);
            });
        } else if (node.isArray()) {
            node.forEach(each -> collect(each, person, words));
        }
    }

    @Test
    void ofThePersonsInTheTestData() throws IOException {
        var words = words();
        assertThat(words).hasSizeGreaterThan(50);
        var leaks = Leaks.ofWords(words);
        // Of a referral of its own there is something to see at least.
        gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()));

        leaks.look("log", Footprints.log());
        leaks.look("metrics", Footprints.metrics(gateway));
        Footprints.rows(gateway).forEach(row -> leaks.look("trail", row));
        for (var topic : List.of(Topics.REFERRAL_EVENTS, Topics.ASSESSMENT_TASKS)) {
            Footprints.topic(gateway, topic).stream()
                    .filter(record -> !record.headers().contains("test-poison"))
                    .forEach(record -> leaks.look(topic, record.key() + record.headers() + record.value()));
        }

        assertThat(leaks.found()).isEmpty();
    }

    @Test
    void aPlantedOneIsFound() throws IOException {
        assertThat(Leaks.ofWords(words()).look("log", "WARN Hazel said no").found())
                .hasSize(1);
        assertThat(Leaks.ofWords(words()).look("log", "WARN Hazelnut said no").found())
                .isEmpty();
    }
}
