package org.referralgateway.bench;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.ContentHash;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadLimits;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.Submission;
import org.referralgateway.mapper.SubmissionReader;

/**
 * What a referral costs in the mapper, step by step: the strict reading, HAPI's parse, the mapping with lineage, the clinic's rules. Run by
 * {@code deploy/bench/jmh}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MapperBenchmark {

    private static final Instant RECEIVED = Instant.parse("2026-11-22T10:00:00Z");

    /** The load driver's templates: 4 KB bare, 4 KB and 20 KB transactions. */
    @Param({"contained", "bundle", "bundle20k"})
    private String payload = "contained";

    private final FhirContext fhir = FhirContext.forR4();
    private final PayloadCheck check = new PayloadCheck(fhir, PayloadLimits.defaults());
    private final SubmissionReader reader = new SubmissionReader(fhir);
    private final ClinicalRules rules = ClinicalRules.shipped();
    private final ReferralMapper mapper = new ReferralMapper(ClinicalTables.shipped());

    private byte[] body = new byte[0];
    private CheckedPayload checked = new CheckedPayload("", List.of(), List.of());
    private Resource parsed = new ServiceRequest();

    @SuppressWarnings("NullAway.Init") // JMH calls read() before anything else
    private Mapped.Complete mapped;

    @Setup
    public void read() {
        body = Payload.of(
                        Payload.Shape.valueOf(payload.toUpperCase(Locale.ROOT)),
                        "jmh",
                        OffsetDateTime.parse("2026-11-22T10:00:00Z"))
                .get(1);
        checked = check.check(body);
        parsed = parseWithHapi();
        if (!(mapWithLineage().getFirst() instanceof Mapped.Complete complete)) {
            throw new IllegalStateException("The payload " + payload + " is refused; there is nothing to measure.");
        }
        mapped = complete;
    }

    @Benchmark
    public CheckedPayload strictReading() {
        return check.check(body);
    }

    @Benchmark
    public Resource parseWithHapi() {
        return ((SubmissionReader.Parsed.Understood) reader.parse(body)).resource();
    }

    @Benchmark
    public List<Mapped> mapWithLineage() {
        Submission submission = reader.read(checked, parsed);
        var graph = ResourceGraph.of(submission.resources());
        return submission.serviceRequests().stream()
                .map(request -> mapper.map(submission.dialect(), request, graph, List.of(), RECEIVED))
                .map(Objects::requireNonNull)
                .toList();
    }

    @Benchmark
    public Mapped rules() {
        return rules.conclude(mapped, RECEIVED);
    }

    @Benchmark
    public String contentHash() {
        return ContentHash.of(body);
    }
}
