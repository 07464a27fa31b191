package org.referralgateway.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.hostile.HostileClass.Made;

/**
 * Whatever is sent, the gateway answers for itself: never with a 5xx, a stack trace or what was sent, never by hanging, and
 * good senders are served as before. How long it takes is printed, because a busy machine is slow and not wrong.
 */
class HostileInputsTest {

    private static final TestGateway GATEWAY = TestGateway.shared();

    /** What tells of our insides. */
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat [a-z]\\w*(\\.\\w+)+\\(|Exception\\b|Caused by:|org\\.springframework|org\\.postgresql|java\\.lang|ca\\.uhn\\.fhir"
                    + "|tools\\.jackson|HAPI-[0-9]|Apache Tomcat|SQLState|/proc/|root:x:0");

    /** What the web server reads and throws away of a request that it has answered. */
    private static final long SWALLOWED = 20_000_000;

    private static final Pattern INJECTED = Pattern.compile("(?m)^(X-Injected|Set-Cookie: a=)");
    /** The caller's own name of the request, where it looks like one, is handed back by contract. */
    private static final Pattern ID = Pattern.compile("(?m)^X-(Request|Correlation)-ID: .*$");
    /** What the web server says to transfer encodings and versions of HTTP that it does not speak, as HTTP has it. */
    private static final Set<Integer> NOT_IMPLEMENTED = Set.of(501, 505);

    private static final long MOST_HEAP_KEPT = 400_000_000;
    private static long heapBefore;
    private static long slowest;
    private static String slowestWas = "";
    private static int inputs;

    @BeforeAll
    static void served() {
        requireServed();
        heapBefore = heapInUse();
    }

    @ParameterizedTest
    @EnumSource
    void isAnsweredAndTellsNothing(HostileClass kind) throws IOException {
        var problems = new ArrayList<String>();
        var statuses = new TreeMap<Integer, Integer>();
        long slowestHere = 0;
        var slowestHereWas = "";
        for (var made : kind.inputs()) {
            var answer = Wire.send(GATEWAY.port(), made.hostile().bytes(GATEWAY));
            statuses.merge(answer.status(), 1, Integer::sum);
            judge(made, answer, problems);
            inputs++;
            if (answer.millis() > slowestHere) {
                slowestHere = answer.millis();
                slowestHereWas = made.hostile().toString();
            }
        }
        if (slowestHere > slowest) {
            slowest = slowestHere;
            slowestWas = kind + " " + slowestHereWas;
        }
        System.out.printf(
                "hostile: %s %d inputs, answers %s, slowest %d ms (%s). %s%n",
                kind, HostileClass.EACH, statuses, slowestHere, slowestHereWas, kind.sentence());

        assertThat(problems).isEmpty();
        requireServed();
    }

    private static void judge(Made made, Wire.Answer answer, ArrayList<String> problems) {
        if (answer.hangs()) {
            problems.add("hangs: " + made.hostile());
        }
        if (answer.status() >= 500 && !NOT_IMPLEMENTED.contains(answer.status())) {
            problems.add(answer.status() + ": " + made.hostile());
        }
        if (INSIDES.matcher(answer.text()).find()) {
            problems.add("tells of its insides: " + made.hostile() + "\n" + cut(answer.text()));
        }
        if (INJECTED.matcher(answer.text()).find()) {
            problems.add("a header was injected: " + made.hostile());
        }
        boolean mayShow = made.hostile().isShown() && answer.status() < 400;
        if (!mayShow && ID.matcher(answer.text()).replaceAll("").contains(made.mark())) {
            problems.add("shows what was sent: " + made.hostile() + "\n" + cut(answer.text()));
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(1500, text.length()));
    }

    private static void requireServed() {
        assertThat(GATEWAY.get("/readyz").status()).isEqualTo(200);
        var good = GATEWAY.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()));
        assertThat(good.status()).as(good.body()).isEqualTo(201);
    }

    /** Whoever sends without end is not listened to without end, wherever a body is taken. */
    @ParameterizedTest
    @CsvSource({
        "/fhir/ServiceRequest, application/fhir+json",
        "/fhir/ServiceRequest/_search, application/x-www-form-urlencoded",
        "/audit/cosignatures, text/plain",
        "/oauth2/token, application/x-www-form-urlencoded",
        "/login, application/x-www-form-urlencoded"
    })
    void aBodyWithoutEndIsNotReadWithoutEnd(String path, String type) throws IOException {
        var head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                + type + "\r\nAuthorization: Bearer " + GATEWAY.token(Hostile.SENDER) + "\r\n\r\n";

        assertThat(Wire.pour(GATEWAY.port(), head, 4 * SWALLOWED)).isLessThan(2 * SWALLOWED);
    }

    @Test
    void thereAreTwoThousandInThirtyKinds() {
        assertThat(HostileClass.values()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(HostileClass.values().length * HostileClass.EACH).isGreaterThanOrEqualTo(2_000);
    }

    @AfterAll
    static void keepsNoMemory() {
        long kept = heapInUse() - heapBefore;
        System.out.printf(
                "hostile: %d inputs in all, slowest %d ms (%s), heap kept %d MB%n",
                inputs, slowest, slowestWas, kept / 1_000_000);
        assertThat(kept).isLessThan(MOST_HEAP_KEPT);
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
