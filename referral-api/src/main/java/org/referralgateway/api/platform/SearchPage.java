package org.referralgateway.api.platform;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search, as a searchset Bundle. Pages follow each other by the place of the last row, not by a number of
 * rows, so that changes between two pages neither hide nor repeat one.
 */
public final class SearchPage {

    static final String CURSOR = "_cursor";

    private SearchPage() {}

    /** What a search found: the id, and when it last changed. */
    public record Row(UUID id, Instant updatedAt) {}

    /** The place after which the next page begins. */
    public record Cursor(Instant updatedAt, UUID id) {

        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        /** Reads a cursor that a next link carried; anything else is refused. */
        public static @Nullable Cursor of(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                var parts = text.split("_", 2);
                var updatedAt = Instant.parse(parts[0]);
                if (updatedAt.isBefore(Instant.EPOCH) || updatedAt.isAfter(LAST)) {
                    throw new DateTimeException("No row is of that time, and the database knows no such time.");
                }
                return new Cursor(updatedAt, UUID.fromString(parts[1]));
            } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.of(
                        400,
                        org.referralgateway.mapper.MappingIssue.error(
                                org.referralgateway.mapper.IssueCode.INVALID_VALUE,
                                "",
                                "_cursor is not one of ours. Follow the next link as it is."));
            }
        }

        String text() {
            return updatedAt + "_" + id;
        }
    }

    /** Adds the bounds of {@code _lastUpdated} to a statement. */
    public static void lastUpdated(
            @Nullable DateRangeParam range, String column, List<String> where, Map<String, Object> params) {
        if (range == null) {
            return;
        }
        var lower = range.getLowerBoundAsInstant();
        var upper = range.getUpperBoundAsInstant();
        if (lower != null) {
            where.add(column + " >= :updatedFrom");
            params.put("updatedFrom", Timestamp.from(lower.toInstant()));
        }
        if (upper != null) {
            where.add(column + " <= :updatedTo");
            params.put("updatedTo", Timestamp.from(upper.toInstant()));
        }
    }

    /**
     * @param rows one more than {@code count} where there is a next page
     */
    public static Bundle of(
            RequestDetails request, long total, List<Row> rows, int count, Function<Row, @Nullable Resource> resource) {
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.SEARCHSET);
        bundle.setTotal(Math.toIntExact(total));
        bundle.addLink().setRelation("self").setUrl(request.getCompleteUrl());
        var page = rows.subList(0, Math.min(count, rows.size()));
        if (rows.size() > count && count > 0) {
            var last = page.getLast();
            bundle.addLink().setRelation("next").setUrl(next(request, new Cursor(last.updatedAt(), last.id())));
        }
        for (var row : page) {
            var found = resource.apply(row);
            if (found instanceof OperationOutcome) {
                bundle.addEntry().setResource(found).getSearch().setMode(Bundle.SearchEntryMode.OUTCOME);
            } else if (found != null) {
                bundle.addEntry()
                        .setFullUrl(request.getFhirServerBase() + "/" + found.fhirType() + "/" + row.id())
                        .setResource(found)
                        .getSearch()
                        .setMode(Bundle.SearchEntryMode.MATCH);
            }
        }
        return bundle;
    }

    private static String next(RequestDetails request, Cursor cursor) {
        var url = new StringBuilder(request.getFhirServerBase())
                .append('/')
                .append(request.getResourceName())
                .append('?');
        var posted = PostedSearches.of(request);
        if (posted != null) {
            url.append(PostedSearches.PARAMETER).append('=').append(posted).append('&');
        } else {
            request.getParameters().forEach((name, values) -> {
                if (!name.equals(CURSOR)) {
                    for (var value : values) {
                        url.append(encoded(name))
                                .append('=')
                                .append(encoded(value))
                                .append('&');
                    }
                }
            });
        }
        return url.append(CURSOR).append('=').append(encoded(cursor.text())).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
