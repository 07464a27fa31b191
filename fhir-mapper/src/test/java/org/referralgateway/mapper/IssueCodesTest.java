package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IssueCodesTest {

    private static final Path DOCUMENT = Path.of("../deploy/docs/issue-codes.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\| ([0-9]{3}|–) \\| (.+) \\| (.+) \\|");

    @ParameterizedTest
    @EnumSource(IssueCode.class)
    void everyCodeBecomesAnIssueOfAnOutcome(IssueCode code) {
        var outcome = Outcomes.of(List.of(MappingIssue.error(code, "ServiceRequest.status", "Send active.")));

        var issue = outcome.getIssueFirstRep();
        assertThat(code.wireName()).matches("[a-z0-9-]+");
        assertThat(issue.getSeverity()).isEqualTo(IssueSeverity.ERROR);
        assertThat(issue.getCode()).isEqualTo(code.fhirType()).isNotNull();
        assertThat(issue.getDetails().getCodingFirstRep().getSystem()).isEqualTo(Outcomes.ISSUE_CODES);
        assertThat(issue.getDetails().getCodingFirstRep().getCode()).isEqualTo(code.wireName());
        assertThat(issue.getExpression()).singleElement().hasToString("ServiceRequest.status");
        assertThat(issue.getDiagnostics()).isEqualTo("Send active.");
    }

    @Test
    void noTwoCodesHaveTheSameName() {
        assertThat(IssueCode.values()).extracting(IssueCode::wireName).doesNotHaveDuplicates();
    }

    @Test
    void anIssueWithoutAPlaceHasNoExpression() {
        var outcome = Outcomes.of(List.of(MappingIssue.error(IssueCode.JSON_SYNTAX, "", "Send JSON.")));

        assertThat(outcome.getIssueFirstRep().hasExpression()).isFalse();
    }

    @Test
    void whereThereIsNothingToSayTheOutcomeSaysSo() {
        assertThat(Outcomes.of(List.of()).getIssue())
                .singleElement()
                .satisfies(issue -> assertThat(issue.getSeverity()).isEqualTo(IssueSeverity.INFORMATION));
        assertThat(Outcomes.refusalStatus(List.of())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "JSON_SYNTAX, REQUIRED_MISSING, 400",
        "REQUIRED_MISSING, JSON_SYNTAX, 400",
        "TOO_LARGE, REQUIRED_MISSING, 413",
        "PLACER_NUMBER_REUSED, REQUIRED_MISSING, 422",
        "PLACER_NUMBER_REUSED, PLACER_NUMBER_REUSED, 409",
    })
    void theWorstErrorDecidesTheStatus(IssueCode one, IssueCode other, int status) {
        var issues = List.of(
                MappingIssue.error(one, "", ""),
                MappingIssue.error(other, "", ""),
                MappingIssue.warning(IssueCode.JSON_SYNTAX, "", ""));

        assertThat(Outcomes.refusalStatus(issues)).isEqualTo(status);
    }

    @Test
    void warningsRefuseNothing() {
        assertThat(Outcomes.refusalStatus(List.of(MappingIssue.warning(IssueCode.JSON_SYNTAX, "", ""))))
                .isEqualTo(200);
    }

    @Test
    void theDocumentListsExactlyTheCodesWithTheirStatus() throws IOException {
        var documented = Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(IssueCode.values())
                        .map(code -> code.wireName() + " " + status(code))
                        .toList());
    }

    private static String status(IssueCode code) {
        return code.refusal() == IssueCode.Refusal.NONE
                ? "–"
                : String.valueOf(code.refusal().httpStatus());
    }
}
