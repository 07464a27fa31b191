package org.referralgateway.bench;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Resource;
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
import org.referralgateway.mapper.SubmissionReader;
import org.referralgateway.validation.FastCheck;
import org.referralgateway.validation.FastVerdict;
import org.referralgateway.validation.Guide;
import org.referralgateway.validation.Objection;
import org.referralgateway.validation.ReferenceCheck;

/** What a verdict costs, beside HAPI's parse of the same payload. Run by {@code deploy/bench/jmh ValidationBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class ValidationBenchmark {

    /** The load driver's templates: 4 KB bare and a 20 KB transaction. */
    @Param({"contained", "bundle20k"})
    private String payload = "contained";

    private final ReferenceCheck reference = new ReferenceCheck(Guide.shipped());
    private final FastCheck fast = FastCheck.shipped();
    private final SubmissionReader reader = new SubmissionReader(FhirContext.forR4());

    private byte[] body = new byte[0];

    @Setup
    public void read() {
        body = Payload.of(
                        Payload.Shape.valueOf(payload.toUpperCase(Locale.ROOT)),
                        "jmh",
                        OffsetDateTime.parse("2026-11-22T10:00:00Z"))
                .get(1);
    }

    @Benchmark
    public Resource parseWithHapi() {
        return ((SubmissionReader.Parsed.Understood) reader.parse(body)).resource();
    }

    @Benchmark
    public FastVerdict fastCheck() {
        return fast.check(body);
    }

    @Benchmark
    public List<Objection> referenceValidator() {
        return reference.check(new String(body, StandardCharsets.UTF_8), List.of());
    }
}
