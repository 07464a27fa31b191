package org.referralgateway.clinical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.Conclusions.RedFlag;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.Mapped;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Short stories of patients as they come in FHIR, with what a clinician would make of them; the way of each from bytes to
 * conclusions is the real one. {@code bundle} holds resources as JSON would; {@code with} names sets of resources in
 * {@code shared} that come along. Of {@code expect}, {@code holds}, {@code reviews}, {@code redFlags}, {@code missing} and
 * {@code stale} are compared whole, the others each by itself.
 */
class VignettesTest {

    private static final Path VIGNETTES = Path.of("src/test/resources/vignettes");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();
    private static final ClinicalRules RULES = ClinicalRules.shipped();

    static List<Path> stories() {
        try (var files = Files.walk(VIGNETTES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(VIGNETTES.resolve("shared")))
                    .map(VIGNETTES::relativize)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreAtLeastSevenHundred() {
        assertThat(stories()).hasSizeGreaterThanOrEqualTo(700);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isReadAsAClinicianWould(Path file) {
        var vignette = YAML.readTree(read(VIGNETTES.resolve(file)));
        var concluded = conclude(vignette);
        var expect = vignette.get("expect");
        var soft = new SoftAssertions();

        expect.properties().forEach(entry -> compare(soft, entry.getKey(), entry.getValue(), concluded));

        soft.assertAll();
    }

    static Mapped.Complete conclude(JsonNode vignette) {
        var received = java.time.Instant.parse(vignette.get("received").asString() + "T10:00:00Z");
        var mapped = Sent.complete(JSON.writeValueAsString(bundle(vignette)).getBytes(UTF_8), received);
        return RULES.conclude(mapped, received);
    }

    private static JsonNode bundle(JsonNode vignette) {
        if (vignette.get("bundle").isObject()) {
            return vignette.get("bundle");
        }
        var bundle = JSON.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
        var entries = bundle.putArray("entry");
        add(entries, vignette.get("bundle"));
        if (vignette.has("with")) {
            for (var name : vignette.get("with")) {
                add(entries, YAML.readTree(read(VIGNETTES.resolve("shared").resolve(name.asString() + ".yaml"))));
            }
        }
        return bundle;
    }

    private static void add(ArrayNode entries, JsonNode resources) {
        for (var resource : resources) {
            entries.addObject().set("resource", resource);
        }
    }

    private static void compare(SoftAssertions soft, String what, JsonNode expected, Mapped.Complete concluded) {
        var said = concluded.facts().conclusions();
        if (said == null) {
            throw new AssertionError("There are no conclusions.");
        }
        switch (what) {
            case "group" ->
                soft.assertThat(String.valueOf(said.indication().group()))
                        .as(what)
                        .isEqualTo(expected.asString("null"));
            case "subgroup" ->
                soft.assertThat(String.valueOf(said.indication().subgroup()))
                        .as(what)
                        .isEqualTo(expected.asString("null"));
            case "certainty" ->
                soft.assertThat(said.indication().certainty().code()).as(what).isEqualTo(expected.asString());
            case "trials" -> trials(soft, expected, said);
            case "resistance" ->
                soft.assertThat(said.resistance().result().code()).as(what).isEqualTo(expected.asString());
            case "holds" ->
                soft.assertThat(items(said, ScreeningLevel.HOLD))
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(texts(expected));
            case "reviews" ->
                soft.assertThat(items(said, ScreeningLevel.REVIEW))
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(texts(expected));
            case "screening" ->
                expected.properties()
                        .forEach(item -> soft.assertThat(level(said, item.getKey()))
                                .as(item.getKey())
                                .isEqualTo(item.getValue().asString()));
            case "redFlags" ->
                soft.assertThat(said.redFlags().stream().map(RedFlag::flag))
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(texts(expected));
            case "mme" ->
                soft.assertThat(said.opioidDose().mmePerDay()).as(what).isEqualByComparingTo(expected.asString());
            case "missing", "stale" ->
                soft.assertThat(lacking(concluded, what)).as(what).containsExactlyInAnyOrderElementsOf(texts(expected));
            case "completeness" ->
                expected.properties()
                        .forEach(item -> soft.assertThat(state(concluded, item.getKey()))
                                .as(item.getKey())
                                .isEqualTo(item.getValue().asString()));
            case "level" ->
                soft.assertThat(said.triage().level().code()).as(what).isEqualTo(expected.asString());
            case "fired" ->
                soft.assertThat(said.triage().fired().stream()
                                .map(fired -> fired.basis().rule()))
                        .as(what)
                        .containsAll(texts(expected));
            default -> soft.fail("The test cannot compare " + what + ".");
        }
    }

    private static void trials(SoftAssertions soft, JsonNode expected, Conclusions said) {
        for (var one : expected) {
            var drug = one.get("drug").asString();
            var trial = said.trials().stream()
                    .filter(candidate -> drug.equals(candidate.drug()))
                    .findFirst();
            soft.assertThat(trial).as(drug).isPresent();
            trial.ifPresent(found -> {
                if (one.has("outcome")) {
                    soft.assertThat(found.outcome().code())
                            .as(drug)
                            .isEqualTo(one.get("outcome").asString());
                }
                if (one.has("counts")) {
                    soft.assertThat(found.counts())
                            .as(drug + " counts")
                            .isEqualTo(one.get("counts").asBoolean());
                }
                if (one.has("adequate")) {
                    soft.assertThat(String.valueOf(found.adequate()))
                            .as(drug + " adequate")
                            .isEqualTo(one.get("adequate").asString());
                }
            });
        }
    }

    private static List<String> items(Conclusions said, ScreeningLevel level) {
        return said.screening().stream()
                .filter(finding -> finding.level() == level)
                .map(ScreeningFinding::item)
                .toList();
    }

    private static String level(Conclusions said, String item) {
        return said.screening().stream()
                .filter(finding -> finding.item().equals(item))
                .map(finding -> finding.level().code())
                .findFirst()
                .orElse("no such item");
    }

    private static List<String> lacking(Mapped.Complete concluded, String state) {
        return concluded.facts().completeness().stream()
                .filter(item ->
                        !item.level().equals("preferred") && item.state().equals(state))
                .map(CompletenessItem::item)
                .toList();
    }

    private static String state(Mapped.Complete concluded, String item) {
        return concluded.facts().completeness().stream()
                .filter(one -> one.item().equals(item))
                .map(CompletenessItem::state)
                .findFirst()
                .orElse("no such item");
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
