package org.referralgateway.api.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.referralgateway.api.hostile.Hostile.posted;
import static org.referralgateway.api.hostile.Texts.any;
import static org.referralgateway.api.hostile.Texts.between;

import java.nio.charset.Charset;
import java.util.List;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.hostile.HostileClass.Shape;

/** Hostile XML. */
final class XmlShapes {

    private XmlShapes() {}

    private static Hostile xml(String name, String body) {
        return posted(name, "/fhir/ServiceRequest", "application/fhir+xml", body.getBytes(UTF_8));
    }

    private static String referral(String mark, String more) {
        return """
                <ServiceRequest xmlns="http://hl7.org/fhir">%s
                  <contained><Patient><id value="p"/><name><family value="%s"/></name></Patient></contained>
                  <identifier><system value="https://practice.example/orders"/><value value="%s"/></identifier>
                  <status value="active"/><intent value="order"/>
                  <code><text value="Pain clinic"/></code>
                  <subject><reference value="#p"/></subject>
                </ServiceRequest>
                """.formatted(more, mark, Referrals.newNumber());
    }

    static final List<Shape> MALFORMED = List.of(
            (random, mark) -> {
                var whole = referral(mark, "");
                return xml("cut off", whole.substring(0, random.nextInt(whole.length())));
            },
            (random, mark) -> {
                var whole = new StringBuilder(referral(mark, ""));
                for (int i = 0; i < 3; i++) {
                    int at = random.nextInt(whole.length());
                    whole.replace(
                            at, at + 1, any(random, "<", ">", "/", "&", "\"", "'", "\0", "]]>", "<!--", "\u0001", "="));
                }
                return xml("mangled", whole.toString());
            },
            (random, mark) -> xml(
                    "another namespace",
                    referral(mark, "")
                            .replace(
                                    "http://hl7.org/fhir",
                                    any(
                                            random,
                                            "",
                                            "urn:" + mark,
                                            "http://hl7.org/fhir/",
                                            "http://www.w3.org/1999/xhtml"))),
            (random, mark) -> xml(
                    "attributes",
                    referral(mark, "")
                            .replace(
                                    "<status value=\"active\"/>",
                                    any(
                                            random,
                                            "<status value=\"active\" value=\"" + mark + "\"/>",
                                            "<status xml:base=\"" + mark + "\" value=\"active\"/>",
                                            "<status>" + mark + "</status>",
                                            "<status value=\"" + mark + "\" xsi:nil=\"true\"/>",
                                            "<status xmlns:a=\"urn:a\" a:value=\"" + mark + "\"/>"))),
            (random, mark) ->
                    xml("no XML", any(random, "", mark, "<", "<>", "{}", "<?xml?>", "<a/>", "<" + mark + "/>")),
            (random, mark) -> posted(
                    "says another encoding than it has",
                    "/fhir/ServiceRequest",
                    "application/fhir+xml",
                    ("<?xml version=\"1." + any(random, "0", "1", "9") + "\" encoding=\""
                                    + any(random, "UTF-16", "ISO-8859-1", "UTF-7", mark, "IBM037", "") + "\"?>"
                                    + referral(mark, ""))
                            .getBytes(any(random, UTF_8, Charset.forName("UTF-16"), Charset.forName("IBM037")))));

    static final List<Shape> ENTITIES = List.of(
            (random, mark) -> xml(
                    "of a file",
                    "<!DOCTYPE ServiceRequest [<!ENTITY x SYSTEM \""
                            + any(
                                    random,
                                    "file:///etc/passwd",
                                    "file:///proc/self/environ",
                                    "http://169.254.169.254/latest/meta-data/",
                                    "http://127.0.0.1:9/" + mark,
                                    "jar:file:///x.jar!/x",
                                    "ftp://127.0.0.1/x",
                                    "netdoc:///etc/passwd")
                            + "\">]>" + referral(mark, "<id value=\"&x;\"/>")),
            (random, mark) -> {
                int levels = between(random, 3, 12);
                var entities = new StringBuilder("<!ENTITY e0 \"" + mark + "\">");
                for (int i = 1; i <= levels; i++) {
                    entities.append("<!ENTITY e")
                            .append(i)
                            .append(" \"")
                            .append(("&e" + (i - 1) + ";").repeat(10))
                            .append("\">");
                }
                return xml(
                        "that grow",
                        "<!DOCTYPE ServiceRequest [" + entities + "]>"
                                + referral(mark, "<id value=\"&e" + levels + ";\"/>"));
            },
            (random, mark) -> xml(
                    "of parameters",
                    "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/" + mark + ".dtd\"> %p;]>"
                            + referral(mark, "")),
            (random, mark) -> xml(
                    "a document type elsewhere",
                    "<!DOCTYPE ServiceRequest " + any(random, "SYSTEM", "PUBLIC \"x\"") + " \"http://127.0.0.1:9/"
                            + mark + ".dtd\">" + referral(mark, "")),
            (random, mark) -> xml(
                    "nobody declared",
                    referral(
                            mark, "<id value=\"&" + any(random, mark, "nbsp", "#0", "#xFFFFFFFF", "#xD800") + ";\"/>")),
            (random, mark) -> xml(
                    "of itself",
                    "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>" + referral(mark, "<id value=\"&a;\"/>")));

    static final List<Shape> SHAPES = List.of(
            (random, mark) -> {
                int depth = any(random, 30, 65, 1_000, 50_000);
                return xml(
                        "deep",
                        referral(
                                mark,
                                "<extension url=\"urn:x\">".repeat(depth) + "<valueString value=\"" + mark + "\"/>"
                                        + "</extension>".repeat(depth)));
            },
            (random, mark) -> xml(
                    "wide",
                    referral(
                            mark,
                            ("<note><text value=\"" + mark + "\"/></note>").repeat(between(random, 100, 40_000)))),
            (random, mark) -> {
                var attributes = new StringBuilder();
                int count = between(random, 10, 20_000);
                for (int i = 0; i < count; i++) {
                    attributes.append(" a").append(i).append("=\"").append(mark).append("\"");
                }
                return xml("many attributes", referral(mark, "<id" + attributes + " value=\"x\"/>"));
            },
            (random, mark) -> xml("long", referral(mark + "x".repeat(any(random, 10_000, 1_000_000, 4_100_000)), "")),
            (random, mark) -> xml(
                    "instructions",
                    "<?xml-stylesheet type=\"text/xsl\" href=\"http://127.0.0.1:9/" + mark + "\"?><?php echo '" + mark
                            + "'?>" + referral(mark, "<!-- " + mark + " --><![CDATA[" + mark + "]]>")),
            (random, mark) -> xml(
                    "includes",
                    referral(
                            mark,
                            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>")),
            (random, mark) -> xml(
                    "a narrative",
                    referral(
                            mark,
                            "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">"
                                    + "<b>".repeat(any(random, 1, 70, 5_000)) + "<script>" + mark + "</script>"
                                    + "</b>".repeat(any(random, 1, 70, 5_000)) + "</div></text>")),
            (random, mark) -> xml(
                    "namespaces",
                    referral(
                            mark,
                            "<x:id xmlns:x=\"http://hl7.org/fhir\" value=\"" + mark
                                    + "\"/>".repeat(between(random, 1, 3)))));
}
