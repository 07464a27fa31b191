package org.referralgateway.api.closedloop;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /fhir/Task}: how far the clinic is with a referral. */
@Component
class TaskProvider implements IResourceProvider {

    private final TaskReads reads;

    TaskProvider(TaskReads reads) {
        this.reads = reads;
    }

    @Override
    public Class<Task> getResourceType() {
        return Task.class;
    }

    @Read
    public Task read(@IdParam IdType id, RequestDetails details) {
        return reads.read(id, details);
    }

    @Search
    public Bundle search(
            @OptionalParam(name = "_id") @Nullable TokenOrListParam id,
            @OptionalParam(name = "focus") @Nullable ReferenceParam focus,
            @OptionalParam(name = "part-of") @Nullable ReferenceParam partOf,
            @OptionalParam(name = "status") @Nullable TokenOrListParam status,
            @OptionalParam(name = "code") @Nullable TokenOrListParam code,
            @OptionalParam(name = "_lastUpdated") @Nullable DateRangeParam lastUpdated,
            @OptionalParam(name = "_cursor") @Nullable StringParam cursor,
            @Count @Nullable Integer count,
            RequestDetails details) {
        return reads.search(
                new TaskReads.Criteria(
                        texts(id), focus, partOf, texts(status), texts(code), lastUpdated, cursor, count),
                details);
    }

    private static List<String> texts(@Nullable TokenOrListParam tokens) {
        return tokens == null
                ? List.of()
                : tokens.getValuesAsQueryTokens().stream()
                        .map(TokenParam::getValue)
                        .toList();
    }
}
