package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lineage and referral say the same: each line names a field that is there, and each field has a line. */
class LineageTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** What no element says: the gateway's own words about the rest, and false where nothing was said. */
    private static final List<String> OWN = List.of(
            "dialect",
            "completeness",
            "issues",
            "lineage",
            "dropped",
            "conclusions",
            "contactSafety.contactProhibited");

    static Stream<Path> payloads() {
        var fixtures = FixturesTest.cases().stream()
                .filter(folder -> Files.exists(folder.resolve("referral.json")))
                .map(folder -> folder.resolve("request.json"));
        return Stream.concat(Payloads.samples().stream(), fixtures);
    }

    private static List<Referral> referrals(Path file) {
        return Payloads.mapped(Payloads.submission(Payloads.bytes(file))).stream()
                .filter(Mapped.Complete.class::isInstance)
                .map(mapped -> ((Mapped.Complete) mapped).referral())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void everyLineNamesAFieldThatIsThere(Path file) {
        for (var referral : referrals(file)) {
            JsonNode tree = JSON.valueToTree(referral);
            var absent = referral.lineage().stream()
                    .filter(line -> !isThere(tree, line.field()))
                    .map(line -> line.field() + " from " + line.source())
                    .toList();

            assertThat(absent).isEmpty();
            assertThat(referral.lineage()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    private static boolean isThere(JsonNode tree, String field) {
        var node = tree.at(pointer(field));
        return !node.isMissingNode() && !node.isNull();
    }

    /** {@code reasons[0].concept} as {@code /reasons/0/concept}. */
    private static String pointer(String field) {
        return "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void everyFieldHasALine(Path file) {
        for (var referral : referrals(file)) {
            var fields =
                    referral.lineage().stream().map(Referral.Lineage::field).toList();
            var leaves = new ArrayList<String>();
            JsonNode tree = JSON.valueToTree(referral);
            tree.properties().forEach(member -> leaves(member.getKey(), member.getValue(), leaves));
            var untold = leaves.stream()
                    .filter(leaf -> OWN.stream().noneMatch(leaf::startsWith))
                    .filter(leaf -> !leaf.endsWith(".type")) // the type of the resource itself
                    .filter(leaf -> fields.stream().noneMatch(field -> isOf(leaf, field)))
                    .toList();

            assertThat(untold).isEmpty();
        }
    }

    private static boolean isOf(String leaf, String field) {
        return leaf.equals(field) || leaf.startsWith(field + ".") || leaf.startsWith(field + "[");
    }

    /** Everything that says something; false and nothing do not. */
    private static void leaves(String field, JsonNode node, List<String> into) {
        if (node.isObject()) {
            node.properties().forEach(member -> leaves(field + "." + member.getKey(), member.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(field + "[" + i + "]", node.get(i), into);
            }
        } else if (!node.isNull() && !(node.isBoolean() && !node.booleanValue())) {
            into.add(field);
        }
    }
}
