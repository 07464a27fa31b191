package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.jspecify.annotations.Nullable;

/** Ways to reach somebody, the preferred one first: by rank, then a mobile phone before one at home or at work. */
final class ContactPoints {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()./-]{6,}");
    private static final int NO_RANK = Integer.MAX_VALUE;

    private final @Nullable Instant now;
    private final List<Point> points = new ArrayList<>();

    /**
     * @param value number or address
     * @param path FHIRPath of the value
     */
    record Point(ContactPoint telecom, String value, String path) {

        /** What kind it is and its value, for example {@code fax +49 30 5550100}. */
        String label() {
            var system = telecom.getSystem();
            return system == null ? value : system.toCode() + " " + value;
        }
    }

    /**
     * @param now what has ended by then is not used; absent where it does not matter
     */
    ContactPoints(@Nullable Instant now) {
        this.now = now;
    }

    void add(List<ContactPoint> telecoms, String path) {
        for (int i = 0; i < telecoms.size(); i++) {
            var telecom = telecoms.get(i);
            if (telecom.hasValue() && isInUse(telecom)) {
                points.add(new Point(telecom, telecom.getValue(), path + ".telecom[" + i + "].value"));
            }
        }
    }

    private boolean isInUse(ContactPoint telecom) {
        return telecom.getUse() != ContactPointUse.OLD && (now == null || !Periods.isOver(telecom.getPeriod(), now));
    }

    List<Point> phones() {
        return sorted().filter(point -> isPhone(point.telecom())).toList();
    }

    List<Point> emails() {
        return sorted().filter(point -> point.telecom().getSystem() == ContactPointSystem.EMAIL)
                .toList();
    }

    /** Neither phone nor e-mail, such as a fax. */
    List<Point> others() {
        return sorted().filter(
                        point -> !isPhone(point.telecom()) && point.telecom().getSystem() != ContactPointSystem.EMAIL)
                .toList();
    }

    private Stream<Point> sorted() {
        return points.stream()
                .sorted(Comparator.comparingInt((Point point) -> rank(point.telecom()))
                        .thenComparingInt(point -> preference(point.telecom().getUse())));
    }

    private static int rank(ContactPoint telecom) {
        return telecom.hasRank() ? telecom.getRank() : NO_RANK;
    }

    private static int preference(@Nullable ContactPointUse use) {
        return switch (use) {
            case MOBILE -> 0;
            case HOME -> 1;
            case null -> 2;
            case WORK -> 3;
            case TEMP, OLD, NULL -> 4;
        };
    }

    private static boolean isPhone(ContactPoint telecom) {
        return switch (telecom.getSystem()) {
            case PHONE, SMS -> true;
            case null -> NUMBER.matcher(telecom.getValue()).matches();
            default -> false;
        };
    }
}
