package org.referralgateway.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway answered to a sample.
 *
 * @param location the header, empty if there was none
 * @param body an OperationOutcome, or the response Bundle of a transaction
 */
record Receipt(int status, String location, JsonNode body) {
    private static final Pattern REFERRAL = Pattern.compile("ServiceRequest/([A-Za-z0-9.-]{1,64})");

    boolean isAlreadyKnown() {
        return status == 200 && entryResponses().stream().noneMatch(Receipt::isCreated);
    }

    /** What it means, in words. */
    String meaning() {
        if (referrals().isEmpty()) {
            return "refused";
        }
        return isAlreadyKnown() ? "already known" : "accepted";
    }

    /** The ids of the referrals that were accepted or known; a batch may hold several, a refused request none. */
    List<String> referrals() {
        var places = new ArrayList<>(List.of(location));
        entryResponses()
                .forEach(response -> places.add(response.path("location").asString("")));
        return places.stream()
                .map(REFERRAL::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    List<JsonNode> issues() {
        var outcomes = new ArrayList<>(List.of(body));
        entryResponses().forEach(response -> outcomes.add(response.path("outcome")));
        return outcomes.stream()
                .flatMap(outcome -> outcome.path("issue").valueStream())
                .toList();
    }

    private List<JsonNode> entryResponses() {
        return body.path("entry")
                .valueStream()
                .map(entry -> entry.path("response"))
                .toList();
    }

    private static boolean isCreated(JsonNode response) {
        return response.path("status").asString("").startsWith("201");
    }
}
