package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who searches by POST keeps a patient's numbers out of addresses, which are logged all over the network. A link to the next
 * page is an address too, so it names the search by an id of ours and its parameters stay in the database, for an hour.
 */
@Component
@Interceptor
public class PostedSearches {

    /** Names such a search in a link. */
    static final String PARAMETER = "_search";

    private static final String KEPT = PostedSearches.class.getName();
    private static final Duration FOR = Duration.ofHours(1);

    private final JdbcClient db;
    private final Identity identity;
    private final JsonMapper json;
    private final Clock clock;

    PostedSearches(JdbcClient db, Identity identity, JsonMapper json, Clock clock) {
        this.db = db;
        this.identity = identity;
        this.json = json;
        this.clock = clock;
    }

    /** Before HAPI chooses a method by the parameters. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void look(RequestDetails details) {
        var sender = identity.senderIfAny();
        if (sender.isEmpty()) {
            return;
        }
        var named = details.getParameters().get(PARAMETER);
        if (named != null) {
            resume(sender.get(), named[0], details);
        } else if (details.getRequestType() == RequestTypeEnum.POST) {
            var parameters = details.getParameters();
            details.getUserData().put(KEPT, (Supplier<UUID>) () -> kept(sender.get(), parameters));
        }
    }

    private void resume(String sender, String named, RequestDetails details) {
        var search = id(named);
        var parameters = search.flatMap(id -> find(sender, id))
                .orElseThrow(() -> Refusal.of(
                        400,
                        MappingIssue.error(
                                IssueCode.INVALID_VALUE,
                                "",
                                "This search is not known, or not any more. Send it again by POST.")));
        var cursor = details.getParameters().get(SearchPage.CURSOR);
        if (cursor != null) {
            parameters.put(SearchPage.CURSOR, cursor);
        }
        details.setParameters(parameters);
        details.getUserData().put(KEPT, (Supplier<UUID>) search::orElseThrow);
    }

    /** The id by which a link names the search at hand; nothing where its parameters are in the address already. */
    static @Nullable UUID of(RequestDetails details) {
        return details.getUserData().get(KEPT) instanceof Supplier<?> kept ? (UUID) kept.get() : null;
    }

    private UUID kept(String sender, Map<String, String[]> parameters) {
        var search = UUID.randomUUID();
        db.sql("""
                        insert into posted_search (search, sender, parameters, kept_until)
                        values (:search, :sender, :parameters::jsonb, :until)
                        """)
                .param("search", search)
                .param("sender", sender)
                .param("parameters", json.writeValueAsString(parameters))
                .param("until", Timestamp.from(clock.instant().plus(FOR)))
                .update();
        return search;
    }

    private Optional<Map<String, String[]>> find(String sender, UUID search) {
        return db.sql("""
                        select parameters from posted_search
                        where search = :search and sender = :sender and kept_until > :now
                        """)
                .param("search", search)
                .param("sender", sender)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) ->
                        json.readValue(row.getString("parameters"), new TypeReference<HashMap<String, String[]>>() {}))
                .optional()
                .map(parameters -> parameters);
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT10M")
    void forget() {
        Work.ERASURE.run(() -> db.sql("delete from posted_search where kept_until < :now")
                .param("now", Timestamp.from(clock.instant()))
                .update());
    }
}
