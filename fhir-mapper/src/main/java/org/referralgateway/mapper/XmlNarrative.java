package org.referralgateway.mapper;

import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.referralgateway.mapper.XmlWalk.Stopped;

/** A narrative, which is XHTML inside the XML and a string of XHTML in JSON. It is written out anew, without prefixes. */
final class XmlNarrative {

    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    private final XMLStreamReader in;
    private final Next next;
    private final PayloadProblems problems;
    private final ElementPath path;
    private final StringBuilder out = new StringBuilder();
    private boolean startTagIsOpen;

    /** Goes on to the next event, within the walk's limits. */
    interface Next {
        int after(XMLStreamReader in) throws XMLStreamException, Stopped;
    }

    XmlNarrative(XMLStreamReader in, Next next, PayloadProblems problems, ElementPath path) {
        this.in = in;
        this.next = next;
        this.problems = problems;
        this.path = path;
    }

    /** True where the current element begins a narrative. */
    static boolean isNarrative(XMLStreamReader in) {
        return XHTML.equals(in.getNamespaceURI()) && in.getLocalName().equals("div");
    }

    /**
     * True where HAPI's parser can read a narrative out of JSON: well-formed XML with a div around it. Text that begins
     * without an element it takes too, and puts the div around.
     */
    static boolean isReadable(String text) {
        if (text.isBlank()) {
            return false;
        }
        var whole = text.stripLeading().startsWith("<") ? text : "<div>" + text + "</div>";
        try {
            var in = HardenedXml.read(whole.getBytes(StandardCharsets.UTF_8), 0);
            boolean isDiv = in.next() == XMLStreamConstants.START_ELEMENT
                    && in.getLocalName().equals("div");
            while (isDiv && in.hasNext()) {
                isDiv = in.next() != XMLStreamConstants.ENTITY_REFERENCE;
            }
            return isDiv;
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** The narrative whose start is the current event, read to its end. */
    String read() throws XMLStreamException, Stopped {
        start();
        for (int open = 1; open > 0; ) {
            switch (next.after(in)) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open++;
                    start();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    open--;
                    end();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text(in.getText());
                default -> {}
            }
        }
        return out.toString();
    }

    private void start() {
        closeStartTag();
        boolean isRoot = out.isEmpty();
        out.append('<').append(in.getLocalName());
        if (isRoot) {
            out.append(" xmlns=\"").append(XHTML).append('"');
        }
        if (!XHTML.equals(in.getNamespaceURI())) {
            problems.error(
                    IssueCode.XML_NOT_ALLOWED,
                    path.toString(),
                    "A narrative has only elements of XHTML. Remove the others.");
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            attribute(in.getAttributeNamespace(i), in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        startTagIsOpen = true;
    }

    private void attribute(String namespace, String name, String value) {
        boolean isPlain = namespace == null || namespace.isEmpty();
        if (!isPlain && !namespace.equals(XMLConstants.XML_NS_URI)) {
            problems.error(
                    IssueCode.XML_NOT_ALLOWED,
                    path.toString(),
                    "The attribute " + Quoted.name(name) + " does not belong in a narrative. Remove it.");
            return;
        }
        out.append(' ').append(isPlain ? "" : "xml:").append(name).append("=\"");
        escaped(value);
        out.append('"');
    }

    private void end() {
        if (startTagIsOpen) {
            out.append("/>");
            startTagIsOpen = false;
        } else {
            out.append("</").append(in.getLocalName()).append('>');
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            closeStartTag();
            escaped(text);
        }
    }

    private void closeStartTag() {
        if (startTagIsOpen) {
            out.append('>');
            startTagIsOpen = false;
        }
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(text.charAt(i));
            }
        }
    }
}
