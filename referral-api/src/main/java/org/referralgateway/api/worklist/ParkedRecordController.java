package org.referralgateway.api.worklist;

import java.util.Locale;
import org.referralgateway.api.assessment.ParkedRecordRelease;
import org.referralgateway.api.platform.Identity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The buttons beside parked records on the log. They are not the log's own, because the log only reads. */
@Controller
@RequestMapping("/log/parked/{topic}/{partition}/{offset}")
class ParkedRecordController {

    private final ParkedRecordRelease release;
    private final Identity identity;

    ParkedRecordController(ParkedRecordRelease release, Identity identity) {
        this.release = release;
        this.identity = identity;
    }

    @PostMapping("/release")
    String release(@PathVariable String topic, @PathVariable int partition, @PathVariable long offset) {
        return back("release", release.release(topic, partition, offset, identity.person()));
    }

    @PostMapping("/discard")
    String discard(@PathVariable String topic, @PathVariable int partition, @PathVariable long offset) {
        return back("discard", release.discard(topic, partition, offset, identity.person()));
    }

    private static String back(String click, ParkedRecordRelease.Outcome outcome) {
        var came = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "redirect:/log?notice=" + click + "-" + came;
    }
}
