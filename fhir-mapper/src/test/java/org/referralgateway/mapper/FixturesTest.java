package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.events.Conclusions;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One folder for each case: {@code request.json} as it is sent, and what becomes of it: {@code referral.json} (a list where
 * there are several) or {@code issues.json}.
 *
 * <p>To accept a change of what the mapper makes of them, run this test with {@code -Dfixtures.rewrite=true} and read the
 * difference that it leaves in the working copy, line by line, before it is committed.
 */
class FixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final boolean REWRITE = Boolean.getBoolean("fixtures.rewrite");

    /** What the clinic's rules conclude has its own examples: the vignettes. */
    private interface WithoutConclusions {
        @JsonIgnore
        @Nullable
        Conclusions conclusions();
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Referral.class, WithoutConclusions.class)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();

    static List<Path> cases() {
        try (var folders = Files.list(FIXTURES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomesWhatTheFixtureSays(Path folder) throws IOException {
        var outcome = outcome(Payloads.bytes(folder.resolve("request.json")));

        if (REWRITE) {
            Files.deleteIfExists(folder.resolve("referral.json"));
            Files.deleteIfExists(folder.resolve("issues.json"));
            Files.writeString(folder.resolve(outcome.file()), JSON.writeValueAsString(outcome.content()) + "\n");
        }
        assertThat(folder.resolve(outcome.file()))
                .as("what becomes of %s", folder.getFileName())
                .exists();
        assertThat(JSON.writeValueAsString(outcome.content()))
                .isEqualToNormalizingNewlines(
                        Files.readString(folder.resolve(outcome.file())).strip());
    }

    private record Outcome(String file, Object content) {}

    private static Outcome outcome(byte[] body) {
        var checked = Payloads.CHECK.check(body);
        if (!checked.isAcceptable()) {
            return new Outcome("issues.json", checked.problems());
        }
        var submission = Payloads.submission(body, checked);
        if (!submission.isAcceptable()) {
            return new Outcome("issues.json", submission.issues());
        }
        var mapped = Payloads.mapped(submission);
        var refused = mapped.stream()
                .filter(Mapped.Refused.class::isInstance)
                .flatMap(one -> ((Mapped.Refused) one).issues().stream())
                .toList();
        if (!refused.isEmpty()) {
            return new Outcome("issues.json", refused);
        }
        var referrals =
                mapped.stream().map(one -> ((Mapped.Complete) one).referral()).toList();
        return new Outcome("referral.json", referrals.size() == 1 ? referrals.getFirst() : referrals);
    }
}
