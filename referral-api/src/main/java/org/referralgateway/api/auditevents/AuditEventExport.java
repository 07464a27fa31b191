package org.referralgateway.api.auditevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.TrailRows;
import org.referralgateway.api.audit.Who;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail as AuditEvents, one a line, the newest first. */
@RestController
class AuditEventExport {

    private final TrailRows rows;
    private final AuditTrail trail;
    private final Identity identity;
    private final FhirContext fhir;
    private final Clock clock;

    AuditEventExport(TrailRows rows, AuditTrail trail, Identity identity, FhirContext fhir, Clock clock) {
        this.rows = rows;
        this.trail = trail;
        this.identity = identity;
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * @param referral all of one referral; everything without it
     */
    @GetMapping("/audit/events.ndjson")
    void export(
            @RequestParam(required = false) @Nullable UUID referral,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                Who.person(identity.person()),
                "trail.exported",
                "success",
                referral,
                null,
                RequestIds.of(request),
                Map.of("form", "AuditEvent")));
        response.setContentType("application/fhir+ndjson");
        response.setCharacterEncoding("UTF-8");
        var senders = Stream.concat(identity.clinicSenders().stream(), Stream.of(AuditTrail.HOUSE))
                .toList();
        var parser = fhir.newJsonParser();
        var out = response.getOutputStream();
        try {
            rows.each(TrailRows.Criteria.of(senders).about(referral), found -> {
                try {
                    out.write((parser.encodeResourceToString(AuditEventRendering.of(found)) + "\n").getBytes(UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
