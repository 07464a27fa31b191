package org.referralgateway.api.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.RowScope;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.ParkedSubmissions.Waiting;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.vault.Erased;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.Dialects;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadForm;
import org.referralgateway.mapper.PayloadForms;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Submission;
import org.referralgateway.mapper.SubmissionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets what waited take effect once what it waited for is here. An attempt that ends halfway is made again: taking the same
 * in twice has one effect.
 */
@Component
class ParkedJoin {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedJoin.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int MAX_DOUBLINGS = 20;
    private static final String JSON = "application/fhir+json";
    private static final String ERASED = "erased";

    private final ParkedSubmissions parked;
    private final ReferralIntake intake;
    private final ReferralFetch fetch;
    private final PayloadForms forms;
    private final PayloadCheck check;
    private final SubmissionReader reader;
    private final ParkingSettings settings;
    private final FetchSettings fetchSettings;
    private final AtomicLong waiting = new AtomicLong();

    ParkedJoin(
            ParkedSubmissions parked,
            ReferralIntake intake,
            ReferralFetch fetch,
            PayloadForms forms,
            PayloadCheck check,
            SubmissionReader reader,
            ParkingSettings settings,
            FetchSettings fetchSettings,
            MeterRegistry meters) {
        this.parked = parked;
        this.intake = intake;
        this.fetch = fetch;
        this.forms = forms;
        this.check = check;
        this.reader = reader;
        this.settings = settings;
        this.fetchSettings = fetchSettings;
        Gauge.builder("referral.parked.submissions", waiting, AtomicLong::get)
                .description("Requests that wait for something that has not arrived")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${referral.parking.sweep-every:2s}")
    void sweep() throws InterruptedException {
        Work.PARKING.run(this::lookForDue);
    }

    private void lookForDue() throws InterruptedException {
        try {
            parked.expire();
            for (var due = parked.next(LEASE); due.isPresent(); due = parked.next(LEASE)) {
                var one = due.get();
                RowScope.of(one.sender()).run(() -> attemptOrSay(one));
            }
            waiting.set(parked.count());
        } catch (DataAccessException e) {
            LOG.warn("Waiting requests are looked at later: {}", e.getClass().getSimpleName());
        }
    }

    private void attemptOrSay(Waiting one) throws InterruptedException {
        try {
            var body = one.body();
            if (body == null) {
                parked.ended(one, "refused", ERASED, null);
            } else {
                attempt(one, body);
            }
        } catch (Erased e) {
            // what it would join or repeat cannot be read any more, and so never will be
            parked.ended(one, "refused", ERASED, null);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            // Its message may quote what was sent.
            LOG.error(
                    "A waiting request cannot be looked at; it is again, later: {}",
                    e.getClass().getName());
            LOG.debug("Why it cannot be looked at.", e);
            parked.later(one, settings.recheckEvery(), "it could not be looked at");
        }
    }

    private void attempt(Waiting one, byte[] body) throws InterruptedException {
        switch (forms.read(body, one.contentType())) {
            case PayloadForm.AsSent asSent ->
                attempt(one, payload(one, one.contentType(), body, null, asSent.checked()));
            case PayloadForm.Converted converted ->
                attempt(one, payload(one, one.contentType(), body, converted.json(), converted.checked()));
            case PayloadForm.Refused refused -> parked.ended(one, "refused", codes(refused.issues()), null);
        }
    }

    private static Payload payload(
            Waiting one, String contentType, byte[] body, byte @Nullable [] converted, CheckedPayload checked) {
        return new Payload(body, converted, checked, contentType, one.requestId(), null, one.correlationId(), null);
    }

    private void attempt(Waiting one, Payload waited) throws InterruptedException {
        var base = fetch.baseOf(one.sender());
        var address = base == null || one.fetch() == null
                ? null
                : base.address(one.fetch()).orElse(null);
        if (base == null || address == null) {
            join(one, waited);
            return;
        }
        switch (fetch.fetch(base, waited.json(), address)) {
            case Fetched.Whole whole ->
                join(one, payload(one, JSON, whole.bundle(), null, check.check(whole.bundle())));
            case Fetched.Failed failed -> parked.later(one, backOff(one.attempts()), failed.reason());
            case Fetched.Unusable unusable -> parked.ended(one, "refused", codes(unusable.issues()), null);
        }
    }

    private Duration backOff(int attempts) {
        var wait = fetchSettings.firstRetry().multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return wait.compareTo(fetchSettings.maxRetry()) < 0 ? wait : fetchSettings.maxRetry();
    }

    private void join(Waiting looked, Payload payload) {
        var ours = parked.stillOurs(looked, LEASE);
        if (ours.isEmpty()) {
            return; // erased, or another instance is at it
        }
        var one = ours.get();
        if (!(reader.parse(payload.json()) instanceof SubmissionReader.Parsed.Understood(var resource))) {
            parked.ended(one, "refused", "json-syntax", null);
            return;
        }
        var submission = submission(one, payload.checked(), resource);
        var arrival = new Arrival(one.sender(), payload, submission, one.parkedAt(), one.task(), null);
        switch (intake.receive(arrival)) {
            case Accepted accepted -> {
                parked.ended(one, "joined", null, referral(accepted.stored()));
                parked.forgetBody(one);
            }
            case Known known -> parked.ended(one, "joined", null, referral(known.stored()));
            case Followed followed -> parked.ended(one, "joined", null, followed.referral());
            case Parked still -> parked.later(one, settings.recheckEvery(), codes(still.issues()));
            case Refused refused -> parked.ended(one, "refused", codes(refused.issues()), null);
        }
    }

    private Submission submission(Waiting one, CheckedPayload checked, Resource resource) {
        if (one.put() == null) {
            var submission = reader.read(checked, resource);
            boolean fetched = one.fetch() != null && resource instanceof Bundle;
            return fetched ? submission.as(Dialects.TASK_BY_REFERENCE) : submission;
        }
        return reader.readPut(checked, resource, write(one.put()));
    }

    private static Write write(String put) {
        var value = put.substring(put.indexOf(':') + 1);
        if (put.startsWith("id:")) {
            return new Write.Put(value);
        }
        int bar = value.indexOf('|');
        return new Write.PutWhere(new BusinessIdentifier(value.substring(0, bar), value.substring(bar + 1), null));
    }

    private static @Nullable UUID referral(StoredSubmission stored) {
        return stored.places().stream()
                .filter(place -> place.type().equals("ServiceRequest"))
                .map(place -> UUID.fromString(place.id()))
                .findFirst()
                .orElse(null);
    }

    private static String codes(List<MappingIssue> issues) {
        return issues.stream()
                .map(issue -> issue.code().wireName() + " " + issue.expression())
                .distinct()
                .limit(10)
                .collect(Collectors.joining("; "));
    }
}
