package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.referralgateway.mapper.IssueCode.EMPTY_ELEMENT;
import static org.referralgateway.mapper.IssueCode.FAULT_IN_SUPPORTING_RESOURCE;
import static org.referralgateway.mapper.IssueCode.INVALID_VALUE;
import static org.referralgateway.mapper.IssueCode.NOT_A_RESOURCE;
import static org.referralgateway.mapper.IssueCode.NOT_UTF8;
import static org.referralgateway.mapper.IssueCode.NUMBER_TOO_LARGE;
import static org.referralgateway.mapper.IssueCode.STRING_TOO_LONG;
import static org.referralgateway.mapper.IssueCode.TOO_DEEP;
import static org.referralgateway.mapper.IssueCode.TOO_MANY_ELEMENTS;
import static org.referralgateway.mapper.IssueCode.UNKNOWN_ELEMENT;
import static org.referralgateway.mapper.IssueCode.WRONG_SHAPE;
import static org.referralgateway.mapper.IssueCode.XML_NOT_ALLOWED;
import static org.referralgateway.mapper.IssueCode.XML_SYNTAX;
import static org.referralgateway.mapper.Payloads.FORMS;

import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.mapper.PayloadForm.AsSent;
import org.referralgateway.mapper.PayloadForm.Converted;
import org.referralgateway.mapper.PayloadForm.Refused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** FHIR's XML comes out as the JSON that says the same, and hostile XML comes to nothing. */
class XmlPayloadTest {

    private static final String XML = "application/fhir+xml";
    private static final String CANARY = "Quokkaberry";
    private static final JsonMapper JSON = new JsonMapper();

    /** A ServiceRequest with these elements, and the least that it needs. */
    private static String aReferral(String elements) {
        return """
                <ServiceRequest xmlns="http://hl7.org/fhir"><status value="active"/><intent value="order"/>\
                <subject><reference value="Patient/1"/></subject>%s</ServiceRequest>""".formatted(elements);
    }

    private static PayloadForm read(String xml) {
        return FORMS.read(xml.getBytes(UTF_8), XML);
    }

    private static JsonNode json(String xml) {
        if (read(xml) instanceof Converted converted) {
            assertThat(converted.checked().problems()).isEmpty();
            return JSON.readTree(converted.json());
        }
        throw new AssertionError("Not converted: " + read(xml));
    }

    private static List<MappingIssue> problems(PayloadForm form) {
        return switch (form) {
            case AsSent asSent -> asSent.checked().problems();
            case Converted converted -> converted.checked().problems();
            case Refused refused -> refused.issues();
        };
    }

    private static boolean isAcceptable(PayloadForm form) {
        return form instanceof Converted converted && converted.checked().isAcceptable();
    }

    static Stream<Arguments> elements() {
        return Stream.of(
                arguments("<priority value=\"urgent\"/>", "\"priority\":\"urgent\""),
                arguments("<doNotPerform value=\"false\"/>", "\"doNotPerform\":false"),
                arguments(
                        "<quantityQuantity><value value=\"1.10\"/></quantityQuantity>",
                        "\"quantityQuantity\":{\"value\":1.10}"),
                arguments(
                        "<identifier><value value=\"1\"/></identifier><identifier><value value=\"2\"/></identifier>",
                        "\"identifier\":[{\"value\":\"1\"},{\"value\":\"2\"}]"),
                arguments(
                        "<note><text value=\"1\"/></note><priority value=\"stat\"/><note><text value=\"2\"/></note>",
                        "\"note\":[{\"text\":\"1\"},{\"text\":\"2\"}],\"priority\":\"stat\""),
                arguments(
                        "<note><text value=\"&lt;a&gt; &amp; &quot;b&quot;&#10;c&#x1F600;\"/></note>",
                        "\"note\":[{\"text\":\"<a> & \\\"b\\\"\\nc\uD83D\uDE00\"}]"),
                arguments("<code id=\"c\"><text value=\"x\"/></code>", "\"code\":{\"id\":\"c\",\"text\":\"x\"}"),
                arguments(
                        "<priority id=\"p\" value=\"urgent\"/>",
                        "\"priority\":\"urgent\",\"_priority\":{\"id\":\"p\"}"),
                arguments(
                        "<authoredOn><extension url=\"urn:x\"><valueCode value=\"unknown\"/></extension></authoredOn>",
                        "\"_authoredOn\":{\"extension\":[{\"url\":\"urn:x\",\"valueCode\":\"unknown\"}]}"),
                arguments(
                        "<instantiatesUri value=\"urn:a\"/><instantiatesUri value=\"urn:b\" id=\"b\"/>",
                        "\"instantiatesUri\":[\"urn:a\",\"urn:b\"],\"_instantiatesUri\":[null,{\"id\":\"b\"}]"),
                arguments(
                        "<instantiatesUri><extension url=\"urn:x\"><valueCode value=\"unknown\"/></extension>"
                                + "</instantiatesUri><instantiatesUri value=\"urn:b\"/>",
                        "\"instantiatesUri\":[null,\"urn:b\"],\"_instantiatesUri\":"
                                + "[{\"extension\":[{\"url\":\"urn:x\",\"valueCode\":\"unknown\"}]},null]"),
                arguments(
                        "<extension url=\"urn:x\"><extension url=\"urn:y\"><valueInteger value=\"-3\"/></extension></extension>",
                        "\"extension\":[{\"url\":\"urn:x\",\"extension\":[{\"url\":\"urn:y\",\"valueInteger\":-3}]}]"),
                arguments(
                        "<contained><Patient><id value=\"p\"/><active value=\"true\"/></Patient></contained>"
                                + "<contained><Binary><id value=\"b\"/><contentType value=\"text/plain\"/></Binary></contained>",
                        "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true},"
                                + "{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"text/plain\"}]"),
                arguments(
                        "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">"
                                + "<p class=\"a&amp;b\" xml:lang=\"en\">1 &lt; 2<br/><![CDATA[<b>]]></p></div></text>",
                        "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                                + "<p class=\\\"a&amp;b\\\" xml:lang=\\\"en\\\">1 &lt; 2<br/>&lt;b&gt;</p></div>\"}"),
                arguments(
                        "<text><status value=\"generated\"/><h:div xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:p>x</h:p></h:div></text>",
                        "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                                + "<p>x</p></div>\"}"),
                arguments("<!-- said aside --><?php echo ?> \n\t <priority value=\"asap\"/>", "\"priority\":\"asap\""),
                arguments("<priority value=\"asap\"> <!-- said aside --> </priority>", "\"priority\":\"asap\""));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void comesOutAsTheJsonThatSaysTheSame(String xml, String members) {
        assertThat(json(aReferral(xml))).isEqualTo(JSON.readTree(Payloads.aReferralWith(members)));
    }

    @Test
    void aBundleComesOutWithItsResourcesInOrder() {
        var bundle = json("""
                <?xml version="1.0" encoding="utf-8"?>
                <?xml-stylesheet href="page.xsl"?>
                <f:Bundle xmlns:f="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://hl7.org/fhir bundle.xsd">
                  <f:type value="transaction"/>
                  <f:entry><f:fullUrl value="urn:uuid:4b2f1a30-0000-4000-8000-000000000001"/>
                    <f:resource><f:Patient><f:name><f:given value="A"/><f:given value="B"/></f:name></f:Patient></f:resource>
                    <f:request><f:method value="POST"/><f:url value="Patient"/></f:request></f:entry>
                </f:Bundle>
                """);

        assertThat(bundle).isEqualTo(JSON.readTree("""
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:4b2f1a30-0000-4000-8000-000000000001",
                  "resource":{"resourceType":"Patient","name":[{"given":["A","B"]}]},
                  "request":{"method":"POST","url":"Patient"}}]}
                """));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        assertThat(isAcceptable(read("\uFEFF" + aReferral("")))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachSampleComesBackFromXmlAsItWas(Path sample) {
        IParser xml = Payloads.FHIR.newXmlParser();
        xml.setStripVersionsFromReferences(false);
        xml.setOverrideResourceIdWithBundleEntryFullUrl(false);
        var body = Payloads.bytes(sample);

        var back = json(xml.encodeResourceToString(Payloads.parsed(body)));

        assertThat(ContentHash.of(JSON.writeValueAsBytes(back))).isEqualTo(ContentHash.of(body));
        assertThat(back).isEqualTo(JSON.readTree(body));
    }

    static List<Path> samples() {
        return Payloads.samples();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                // What JSON can get wrong too is found by the same check
                arguments("<colour value=\"red\"/>", UNKNOWN_ELEMENT, "ServiceRequest.colour"),
                arguments(
                        "<code><shade><text value=\"red\"/></shade></code>",
                        UNKNOWN_ELEMENT,
                        "ServiceRequest.code.shade"),
                arguments(
                        "<priority value=\"stat\"/><priority value=\"urgent\"/>",
                        WRONG_SHAPE,
                        "ServiceRequest.priority"),
                arguments("<code><text value=\"a\"/></code><code/><code/>", WRONG_SHAPE, "ServiceRequest.code"),
                arguments("<code value=\"pain\"/>", WRONG_SHAPE, "ServiceRequest.code"),
                arguments("<doNotPerform value=\"True\"/>", WRONG_SHAPE, "ServiceRequest.doNotPerform"),
                arguments(
                        "<quantityQuantity><value value=\"1,5\"/></quantityQuantity>",
                        WRONG_SHAPE,
                        "ServiceRequest.quantity.value"),
                arguments(
                        "<quantityQuantity><value value=\"01\"/></quantityQuantity>",
                        WRONG_SHAPE,
                        "ServiceRequest.quantity.value"),
                arguments(
                        "<quantityQuantity><value value=\"NaN\"/></quantityQuantity>",
                        WRONG_SHAPE,
                        "ServiceRequest.quantity.value"),
                arguments("<priority value=\"\"/>", INVALID_VALUE, "ServiceRequest.priority"),
                arguments("<authoredOn value=\"2026-02-31\"/>", INVALID_VALUE, "ServiceRequest.authoredOn"),
                arguments("<code/>", EMPTY_ELEMENT, "ServiceRequest.code"),
                arguments("<contained/>", WRONG_SHAPE, "ServiceRequest.contained[0]"),
                arguments(
                        "<contained>x<Patient><active value=\"true\"/></Patient></contained>",
                        WRONG_SHAPE,
                        "ServiceRequest.contained[0]"),
                arguments(
                        "<contained><Patient><active value=\"true\"/></Patient><Binary/></contained>",
                        WRONG_SHAPE,
                        "ServiceRequest.contained[0]"),
                arguments(
                        "<contained><Pateint><active value=\"true\"/></Pateint></contained>",
                        NOT_A_RESOURCE,
                        "ServiceRequest.contained[0]"),
                // What only XML can get wrong
                arguments("<priority/>", EMPTY_ELEMENT, "ServiceRequest.priority"),
                arguments(
                        "<note><text value=\"a\"/></note><note><text/></note>",
                        EMPTY_ELEMENT,
                        "ServiceRequest.note[1].text"),
                arguments("urgent", XML_NOT_ALLOWED, "ServiceRequest"),
                arguments("<![CDATA[urgent]]>", XML_NOT_ALLOWED, "ServiceRequest"),
                arguments("<priority>urgent</priority>", XML_NOT_ALLOWED, "ServiceRequest.priority"),
                arguments("<priority code=\"urgent\" value=\"urgent\"/>", XML_NOT_ALLOWED, "ServiceRequest.priority"),
                arguments("<priority xml:lang=\"en\" value=\"urgent\"/>", XML_NOT_ALLOWED, "ServiceRequest.priority"),
                arguments("<priority xmlns=\"\" value=\"urgent\"/>", XML_NOT_ALLOWED, "ServiceRequest.priority"),
                arguments(
                        "<priority xmlns=\"urn:hl7-org:v3\" value=\"urgent\"/>",
                        XML_NOT_ALLOWED,
                        "ServiceRequest.priority"),
                arguments(
                        "<code><id value=\"c\"/><text value=\"x\"/></code>", XML_NOT_ALLOWED, "ServiceRequest.code.id"),
                arguments(
                        "<extension><url value=\"urn:x\"/><valueCode value=\"x\"/></extension>",
                        XML_NOT_ALLOWED,
                        "ServiceRequest.extension[0].url"),
                arguments(
                        "<text><status value=\"generated\"/><div>x</div></text>",
                        XML_NOT_ALLOWED,
                        "ServiceRequest.text.div"),
                arguments(
                        "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\"><x xmlns=\"urn:x\"/></div></text>",
                        XML_NOT_ALLOWED,
                        "ServiceRequest.text.div"),
                arguments(
                        "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:y=\"urn:y\" y:z=\"1\"/></text>",
                        XML_NOT_ALLOWED,
                        "ServiceRequest.text.div"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndItsPlace(String elements, IssueCode code, String expression) {
        var form = read(aReferral(elements));

        assertThat(problems(form)).anySatisfy(issue -> {
            assertThat(issue.code()).isEqualTo(code);
            assertThat(issue.expression()).isEqualTo(expression);
            assertThat(issue.isError()).isTrue();
        });
        assertThat(isAcceptable(form)).isFalse();
    }

    @Test
    void faultsOfASupportingResourceTravelInXmlAsInJson() {
        var form = read(
                aReferral("<contained><Patient colour=\"red\"><id value=\"p\"/>text<active/></Patient></contained>"));

        assertThat(isAcceptable(form)).isTrue();
        assertThat(problems(form))
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(
                        tuple(FAULT_IN_SUPPORTING_RESOURCE, "ServiceRequest.contained[0]"),
                        tuple(FAULT_IN_SUPPORTING_RESOURCE, "ServiceRequest.contained[0]"),
                        tuple(FAULT_IN_SUPPORTING_RESOURCE, "ServiceRequest.contained[0].active"));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var form = read(aReferral("<priority>x</priority><colour value=\"red\"/><authoredOn value=\"#NOW\"/><code/>"));

        assertThat(problems(form))
                .extracting(MappingIssue::code)
                .containsExactly(XML_NOT_ALLOWED, EMPTY_ELEMENT, UNKNOWN_ELEMENT, INVALID_VALUE, EMPTY_ELEMENT);
    }

    static Stream<Arguments> hostile() {
        var laughs = new StringBuilder("<!DOCTYPE ServiceRequest [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 40; i++) {
            laughs.append("<!ENTITY l%d \"&l%d;&l%d;&l%d;\">".formatted(i, i - 1, i - 1, i - 1));
        }
        laughs.append("]>").append(aReferral("<note><text value=\"&l39;\"/></note>"));
        return Stream.of(
                arguments("<!DOCTYPE ServiceRequest>" + aReferral(""), XML_NOT_ALLOWED),
                arguments(
                        "<!DOCTYPE ServiceRequest SYSTEM \"https://127.0.0.1:1/x.dtd\">" + aReferral(""),
                        XML_NOT_ALLOWED),
                arguments(
                        "<!DOCTYPE r PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"x.dtd\">" + aReferral(""), XML_NOT_ALLOWED),
                arguments("<!DOCTYPE r [<!ENTITY % p SYSTEM \"file:///x\"> %p;]>" + aReferral(""), XML_NOT_ALLOWED),
                arguments(
                        "<!DOCTYPE r [<!ATTLIST priority value CDATA \"stat\">]>" + aReferral("<priority/>"),
                        XML_NOT_ALLOWED),
                arguments(laughs.toString(), XML_NOT_ALLOWED),
                arguments(aReferral("<note>&nbsp;</note>"), XML_NOT_ALLOWED),
                arguments(
                        aReferral("<text><div xmlns=\"http://www.w3.org/1999/xhtml\">&nbsp;</div></text>"),
                        XML_NOT_ALLOWED),
                arguments(aReferral("<note><text value=\"&nbsp;\"/></note>"), XML_SYNTAX),
                arguments(aReferral("<priority value=\"stat\" value=\"asap\"/>"), XML_SYNTAX),
                arguments(aReferral("<priority value=\"&#0;\"/>"), XML_SYNTAX),
                arguments(aReferral("<priority value=\"&#xD800;\"/>"), XML_SYNTAX),
                arguments(aReferral("<priority value=\"<\"/>"), XML_SYNTAX),
                arguments(aReferral("<x:priority value=\"stat\"/>"), XML_SYNTAX),
                arguments(aReferral("") + "<Patient/>", XML_SYNTAX),
                arguments(aReferral("") + "x", XML_SYNTAX),
                arguments(aReferral("").replace("</ServiceRequest>", ""), XML_SYNTAX),
                arguments(" " + "<?xml version=\"1.0\"?>" + aReferral(""), XML_SYNTAX),
                arguments("<?xml version=\"1.1\"?>" + aReferral(""), XML_SYNTAX),
                arguments("", XML_SYNTAX),
                arguments("{}", XML_SYNTAX),
                arguments("<" + "a".repeat(5_000) + " xmlns=\"http://hl7.org/fhir\"/>", XML_SYNTAX),
                arguments(aReferral("<note " + "a%d=\"1\" ".repeat(300).formatted(numbers(300)) + "/>"), XML_SYNTAX),
                arguments("<ServiceRequest/>", XML_NOT_ALLOWED),
                arguments("<ServiceRequest xmlns=\"http://hl7.org/fhir/\"/>", XML_NOT_ALLOWED),
                arguments("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", XML_NOT_ALLOWED),
                arguments("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", XML_NOT_ALLOWED),
                arguments("<Refferal xmlns=\"http://hl7.org/fhir\"/>", NOT_A_RESOURCE),
                arguments(aReferral("<extension>".repeat(10_000)), TOO_DEEP),
                arguments(aReferral("<colour>".repeat(10_000) + "</colour>".repeat(10_000)), TOO_DEEP),
                arguments(
                        aReferral("<text><div xmlns=\"http://www.w3.org/1999/xhtml\">" + "<b>".repeat(10_000)),
                        TOO_DEEP),
                arguments(aReferral("<colour/>".repeat(300_000)), TOO_MANY_ELEMENTS),
                arguments(
                        aReferral("<quantityQuantity><value value=\"1e1000000000\"/></quantityQuantity>"),
                        NUMBER_TOO_LARGE),
                arguments(
                        aReferral("<quantityQuantity><value value=\"" + "9".repeat(900) + "\"/></quantityQuantity>"),
                        NUMBER_TOO_LARGE),
                arguments(aReferral("<note><text value=\"" + "x".repeat(4_500_000) + "\"/></note>"), STRING_TOO_LONG),
                arguments("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + aReferral(""), NOT_UTF8),
                arguments("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + aReferral(""), NOT_UTF8));
    }

    private static Object[] numbers(int count) {
        return Stream.iterate(1, i -> i + 1).limit(count).toArray();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileXmlIsRefusedSoon(String body, IssueCode code) {
        var refused = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(body));

        assertThat(problems(refused)).extracting(MappingIssue::code).contains(code);
        assertThat(isAcceptable(refused)).isFalse();
    }

    static Stream<Charset> otherEncodings() {
        return Stream.of(UTF_16, Charset.forName("UTF-16LE"), Charset.forName("UTF-32"), ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void takesUtf8Only(Charset charset) {
        var body = aReferral("<note><text value=\"H\u00e4zel\"/></note>").getBytes(charset);

        assertThat(problems(FORMS.read(body, XML)))
                .extracting(MappingIssue::code)
                .containsExactly(NOT_UTF8);
    }

    @Test
    void anExternalEntityIsNeitherOpenedNorShown(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret.txt"), CANARY);
        var form = read(
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"%s\">]>".formatted(secret.toUri()) + aReferral("<note>&x;</note>"));

        assertThat(problems(form)).extracting(MappingIssue::code).containsExactly(XML_NOT_ALLOWED);
        assertThat(form.toString()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:%d/x.dtd\">",
                "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:%d/x\"> %%p;]>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"http://127.0.0.1:%d/x\">]>",
                "<?xml-stylesheet href=\"http://127.0.0.1:%d/x.xsl\"?>",
            })
    void nobodyIsCalled(String prolog) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var body = prolog.replace("%d", "" + listener.getLocalPort()).replace("%%", "%")
                    + aReferral("")
                            .replace(
                                    "<ServiceRequest ",
                                    "<ServiceRequest xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                            + " xsi:schemaLocation=\"http://hl7.org/fhir http://127.0.0.1:%d/x.xsd\" "
                                                    .formatted(listener.getLocalPort()));
            read(body);

            listener.setSoTimeout(100);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<priority value=\"%s\"/>",
                "<priority>%s</priority>",
                "<priority %s=\"a\"/>",
                "<%s value=\"a\"/>",
                "<note><text value=\"%s\"",
                "<note>&%s;</note>",
                "<authoredOn value=\"%s\"/>",
                "<%s:a xmlns:%1$s=\"urn:x\"/>",
            })
    void noValueOfThePayloadIsInWhatIsSaid(String elements) {
        var problems = problems(read(aReferral(elements.formatted("Mrs" + CANARY + "s\u00e4"))));

        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).doesNotContain(CANARY);
    }
}
