package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.api.TestGateway;

/** Searches and tokens, at a running service: what is sent is answered, and never with a 5xx. */
class ServiceFuzzTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final int LONGEST = 6_000;
    private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "::1");

    static Stream<byte[]> queries() {
        return Stream.of(
                        "identifier=urn:x|1",
                        "identifier=\0",
                        "_id:exact=x&status=active,draft",
                        "_lastUpdated=ge2026-01-01&_count=5",
                        "_cursor=2026-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
                        "_cursor=+999999999-12-31T23:59:59Z_00000000-0000-0000-0000-000000000000",
                        "patient.name=x&_has:Observation:patient:code=1",
                        "_getpages=1&_getpagesoffset=2",
                        "_format=xml&_elements=id&_summary=true",
                        "focus=ServiceRequest/1&part-of=Task/1&code=fulfill",
                        "%zz&&=&",
                        "Z&Z\4",
                        "Z'&Z&apos;",
                        "\u0083=1&Z&Z\4",
                        "a\n=1&a&#10;=2",
                        "requisition=|\ud800")
                .map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> tokens() {
        return Stream.of(
                        "x",
                        "a.b.c",
                        "{\"alg\":\"none\"}\n{\"sub\":\"hostile\"}\n",
                        "{\"alg\":\"ES384\",\"kid\":\"of-the-tests\"}\n{\"sub\":\"\0\",\"iss\":\"hostile\",\"exp\":1e400}\nxx",
                        "{\"alg\":\"ES384\",\"kid\":\"k\",\"typ\":\"at+jwt\",\"crit\":[\"x\"]}\n{\"client_id\":7}\n"
                                + "0".repeat(96),
                        "[".repeat(500) + "\n" + "{\"a\":".repeat(500) + "\nx",
                        "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}\n{}\n")
                .map(text -> text.getBytes(UTF_8));
    }

    /**
     * @param input a query as it stands in an address; bytes that no address holds are encoded
     */
    @MethodSource("queries")
    @FuzzTest
    void everySearchIsAnswered(byte[] input) throws IOException {
        if (input.length > LONGEST) {
            return;
        }
        var query = new StringBuilder();
        for (var b : input) {
            char c = (char) (b & 255);
            query.append(c > ' ' && c < 127 && "\"<>\\^`{|}#".indexOf(c) < 0 ? c : "%%%02X".formatted((int) c));
        }
        var type = input.length % 2 == 0 ? "ServiceRequest" : "Task";
        served(Hostile.read("a search", "/fhir/" + type + "?" + query));
    }

    /** @param input what a search by POST has as its body */
    @MethodSource("queries")
    @FuzzTest
    void everyFormIsAnswered(byte[] input) throws IOException {
        served(Hostile.posted("a form", "/fhir/ServiceRequest/_search", "application/x-www-form-urlencoded", input));
    }

    /** @param input header, claims and signature, each on a line, as they are before they are encoded; else a token as it is */
    @MethodSource("tokens")
    @FuzzTest
    void noTokenGetsIn(byte[] input) throws IOException {
        var text = new String(input, ISO_8859_1);
        var lines = text.split("\n", 3);
        var token = lines.length < 3 ? harmless(text) : part(lines[0]) + "." + part(lines[1]) + "." + part(lines[2]);
        // The fuzzer follows comparisons, and so finds the word that stands for a good token here.
        if (token.length() > LONGEST || token.contains(Hostile.TOKEN)) {
            return;
        }
        var door =
                served(Hostile.line("a token", "GET /fhir/Task HTTP/1.1").header("Authorization", "Bearer " + token));
        assertThat(door.status()).isIn(0, 400, 401);
        var desk = served(Hostile.line("an assertion", "POST /oauth2/token HTTP/1.1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(
                        "grant_type=client_credentials&scope=system/*.r&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion="
                                + token));
        assertThat(desk.status()).isIn(0, 400, 401);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** Without what ends a header or a field. */
    private static String harmless(String text) {
        return text.replaceAll("[\\r\\n\\x00&%+]", "");
    }

    /**
     * Jazzer takes every connection for a forged one. Ours are to this machine, from the test and, whenever its pool renews one,
     * from the service; any other is still reported. It must be told for each input, and not take it back between them.
     */
    @SuppressWarnings("resource")
    private static void mayConnectToItself() {
        BugDetectors.allowNetworkConnections((host, port) -> OURS.contains(host));
    }

    private static Wire.Answer served(Hostile hostile) throws IOException {
        mayConnectToItself();
        var answer = Wire.send(GATEWAY.port(), hostile.bytes(GATEWAY));
        assertThat(answer.hangs()).as(hostile.toString()).isFalse();
        assertThat(answer.status()).as("%s: %s", hostile, answer.text()).isLessThan(500);
        return answer;
    }
}
