package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Lineage;

/** What a mapping leaves behind besides its result: issues, and where each field came from. */
final class Trace {

    private final List<MappingIssue> issues = new ArrayList<>();
    private final List<Lineage> lineage = new ArrayList<>();
    private final Set<String> covered = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();

    void copied(String field, String source) {
        add(field, source, How.COPIED);
    }

    void coded(String field, String source) {
        add(field, source, How.CODED);
    }

    void computed(String field, String source) {
        add(field, source, How.COMPUTED);
    }

    void assumed(String field, String source) {
        add(field, source, How.ASSUMED);
    }

    void add(String field, String source, How how) {
        lineage.add(new Lineage(field, source, how));
        covered.add(ElementOf.path(source));
    }

    /** A group of elements that says nothing itself; what it points to is read by itself. */
    void looked(String source) {
        covered.add(ElementOf.path(source));
    }

    /** True where a field came from this element of a resource, or from something inside it. */
    boolean covers(String element) {
        return covered.contains(element);
    }

    /** A part of the referral that is filled from one resource. */
    Row row(String field, String path) {
        return new Row(this, field, path);
    }

    /** Where the first line of a field came from. */
    String sourceOf(String field) {
        return lineage.stream()
                .filter(line -> line.field().equals(field))
                .map(Lineage::source)
                .findFirst()
                .orElse("");
    }

    /** A whole resource that is not read, for a reason of its own. */
    void leftOut(String path, String why) {
        leftOut.add(path);
        information(IssueCode.LEFT_OUT, path, why + " It is kept as sent, but not read into the referral.");
    }

    boolean isLeftOut(String path) {
        return leftOut.contains(path);
    }

    void error(IssueCode code, String expression, String diagnostics) {
        issues.add(MappingIssue.error(code, expression, diagnostics));
    }

    void warning(IssueCode code, String expression, String diagnostics) {
        issues.add(MappingIssue.warning(code, expression, diagnostics));
    }

    void information(IssueCode code, String expression, String diagnostics) {
        issues.add(MappingIssue.information(code, expression, diagnostics));
    }

    boolean isRefused() {
        return issues.stream().anyMatch(MappingIssue::isError);
    }

    List<MappingIssue> issues() {
        return List.copyOf(issues);
    }

    List<Lineage> lineage() {
        return lineage.stream().distinct().toList();
    }
}
