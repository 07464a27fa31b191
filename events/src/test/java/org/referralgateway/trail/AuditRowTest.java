package org.referralgateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes of a row are a promise: what is asserted here is what was sealed, and may never change. */
class AuditRowTest {

    private static final Instant AT = Instant.parse("2026-11-28T15:04:05.120Z");

    @Test
    void aFullRow() {
        assertThat(new AuditRow(
                                17,
                                AT,
                                "demo",
                                "person:Zo\u00eb \"Z\" \\ \u0001\n",
                                "pages",
                                "clinic",
                                "TREAT",
                                "127.0.0.1",
                                "referral.viewed",
                                "success",
                                UUID.fromString("01a2048a-0000-7000-8000-000000000001"),
                                2,
                                "r-1",
                                "{\"a\": [1, \"\u00fc\"]}")
                        .text())
                .isEqualTo("{\"position\":17,\"at\":\"2026-11-28T15:04:05.120000Z\",\"sender\":\"demo\","
                        + "\"actor\":\"person:Zo\u00eb \\\"Z\\\" \\\\ \\u0001\\u000a\",\"client\":\"pages\","
                        + "\"organisation\":\"clinic\",\"purpose\":\"TREAT\",\"address\":\"127.0.0.1\",\"action\":\"referral.viewed\","
                        + "\"outcome\":\"success\",\"referral\":\"01a2048a-0000-7000-8000-000000000001\","
                        + "\"version\":2,\"requestId\":\"r-1\",\"detail\":{\"a\": [1, \"\u00fc\"]}}");
    }

    @Test
    void whatIsNotThereIsLeftOut() {
        assertThat(row(1).text())
                .isEqualTo("{\"position\":1,\"at\":\"2026-11-28T15:04:05.120000Z\",\"sender\":\"demo\","
                        + "\"actor\":\"system:x\",\"action\":\"a\",\"outcome\":\"success\",\"detail\":{}}");
    }

    @Test
    void aLineTellsItsPosition() {
        assertThat(AuditRow.positionOf(row(123_456_789_012L).line())).isEqualTo(123_456_789_012L);
        assertThat(AuditRow.positionOf("{\"position\":,".getBytes(UTF_8))).isEqualTo(-1);
        assertThat(AuditRow.positionOf("{\"position\":12}".getBytes(UTF_8))).isEqualTo(-1);
        assertThat(AuditRow.positionOf(new byte[0])).isEqualTo(-1);
    }

    static AuditRow row(long position) {
        return new AuditRow(
                position, AT, "demo", "system:x", null, null, null, null, "a", "success", null, null, null, "{}");
    }
}
