package org.referralgateway.standalone;

import tools.jackson.databind.JsonNode;

/** A Task on one line: what is to be done, how far it is, whose it is, and by when. */
final class TaskLine {
    private TaskLine() {}

    static String of(JsonNode task) {
        return "%s: %s, owner %s, due %s"
                .formatted(
                        concept(task.path("code")),
                        task.path("status").asString("?"),
                        owner(task),
                        task.path("restriction").path("period").path("end").asString("-"));
    }

    /** A person's or team's name once it is taken; before that the role that may take it. */
    private static String owner(JsonNode task) {
        String name = task.path("owner").path("display").asString("");
        return name.isEmpty() ? concept(task.path("performerType").path(0)) : name;
    }

    private static String concept(JsonNode concept) {
        JsonNode coding = concept.path("coding").path(0);
        return coding.path("code").asString(concept.path("text").asString("-"));
    }
}
