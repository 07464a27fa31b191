package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that reads payloads of one FHIR version. */
final class Edition {

    private final FhirContext fhir;
    private final Shapes shapes;
    private final PayloadCheck check;
    private final XmlPayload xml;

    Edition(FhirContext fhir, PayloadLimits limits) {
        this.fhir = fhir;
        this.shapes = new Shapes(fhir);
        this.check = new PayloadCheck(shapes, limits);
        this.xml = new XmlPayload(shapes, limits);
    }

    FhirContext fhir() {
        return fhir;
    }

    Shapes shapes() {
        return shapes;
    }

    /**
     * A payload as JSON of its own version.
     *
     * @param json null where there is none, because the XML cannot be read
     * @param checked what is wrong with it
     */
    record Source(byte @Nullable [] json, CheckedPayload checked) {
        boolean isAcceptable() {
            return json != null && checked.isAcceptable();
        }
    }

    Source read(byte[] body, boolean isXml) {
        return isXml ? xml(body) : new Source(body, check.check(body));
    }

    CheckedPayload check(byte[] json) {
        return check.check(json);
    }

    private Source xml(byte[] body) {
        var read = xml.read(body);
        if (read.json() == null) {
            return new Source(null, new CheckedPayload("", List.of(), read.problems()));
        }
        var checked = check.check(read.json());
        return new Source(read.json(), with(read.problems(), checked));
    }

    /** The same, with more problems before its own; none twice. */
    static CheckedPayload with(List<MappingIssue> first, CheckedPayload checked) {
        var problems = new ArrayList<>(first);
        checked.problems().stream()
                .filter(problem -> first.stream().noneMatch(earlier -> isTheSame(earlier, problem)))
                .forEach(problems::add);
        return new CheckedPayload(checked.resourceType(), checked.parts(), problems);
    }

    private static boolean isTheSame(MappingIssue one, MappingIssue other) {
        return one.code() == other.code() && one.expression().equals(other.expression());
    }
}
