package org.referralgateway.api.intake;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.platform.Answered;
import org.referralgateway.mapper.Outcomes;

/** 202: kept, and waiting for something else. {@code Location} names the Task that tells how it goes on. */
final class Waits {

    private Waits() {}

    static Answered answer(Parked parked) {
        var until = DateTimeFormatter.RFC_1123_DATE_TIME.format(parked.until().atOffset(ZoneOffset.UTC));
        return new Answered(
                202, Map.of("Location", "Task/" + parked.task(), "Expires", until), Outcomes.of(parked.issues()));
    }
}
