package org.referralgateway.mapper;

import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Shape.Element;
import org.referralgateway.mapper.XmlPayload.Read;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** One walk over the elements of one XML payload. */
final class XmlWalk {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String FHIR = "http://hl7.org/fhir";

    private final Shapes shapes;
    private final byte[] body;
    private final int start;
    private final PayloadProblems problems;
    private final Shape elementWithExtensions;
    private final XmlLimits limits;

    XmlWalk(Shapes shapes, PayloadLimits limits, byte[] body, int start) {
        this.shapes = shapes;
        this.body = body;
        this.start = start;
        this.problems = new PayloadProblems(limits.maxProblems());
        this.elementWithExtensions = shapes.elementWithExtensions();
        this.limits = new XmlLimits(limits);
    }

    /** Ends a walk that cannot or must not go on; what stopped it is among the problems. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }

    Read walk() {
        byte[] json = null;
        try {
            var in = HardenedXml.read(body, start);
            declaration(in);
            while (in.getEventType() != XMLStreamConstants.START_ELEMENT) {
                next(in);
            }
            if (!FHIR.equals(in.getNamespaceURI())) {
                throw stop(
                        IssueCode.XML_NOT_ALLOWED,
                        "The root element is not in the namespace " + FHIR + ". Declare it.");
            }
            limits.enter(problems);
            var resource = resource(in, null);
            while (in.hasNext()) {
                next(in);
            }
            json = JSON.writeValueAsBytes(resource.node());
        } catch (XMLStreamException e) {
            syntax(e);
        } catch (Stopped e) {
            json = null;
        }
        return new Read(json, problems.list());
    }

    private void declaration(XMLStreamReader in) throws Stopped {
        var encoding = in.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw stop(IssueCode.NOT_UTF8, "The XML declaration names another encoding than UTF-8. Send UTF-8.");
        }
        if (in.getVersion() != null && !in.getVersion().equals("1.0")) {
            throw stop(IssueCode.XML_SYNTAX, "The XML declaration names another version than 1.0. Send XML 1.0.");
        }
    }

    /** The next event; never one that stands for something outside the text. */
    private int next(XMLStreamReader in) throws XMLStreamException, Stopped {
        int event = in.next();
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw stop(
                        IssueCode.XML_NOT_ALLOWED, "FHIR's XML has no DOCTYPE. Remove it; nothing was read from it.");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw stop(
                        IssueCode.XML_NOT_ALLOWED,
                        "FHIR's XML has no entities but amp, lt, gt, quot and apos. Write the character itself.");
            case XMLStreamConstants.START_ELEMENT -> limits.enter(problems);
            case XMLStreamConstants.END_ELEMENT -> limits.leave();
            default -> {}
        }
        return event;
    }

    private Stopped stop(IssueCode code, String diagnostics) {
        problems.fatal(code, "", diagnostics);
        return new Stopped();
    }

    /** Reads the resource whose start is the current event, to its end. */
    private XmlMembers resource(XMLStreamReader in, @Nullable ElementPath path) throws XMLStreamException, Stopped {
        var type = in.getLocalName();
        var here = path == null ? ElementPath.root(Quoted.name(type)) : path;
        var outer = problems.enter(type, path == null);
        var members = new XmlMembers();
        members.single("resourceType", NODES.stringNode(type));
        attributes(in, here, name -> false);
        children(in, shapes.resource(type).orElse(null), here, members);
        problems.leave(outer);
        return members;
    }

    /** Reads what is inside the current element, to its end. */
    private void children(XMLStreamReader in, @Nullable Shape shape, ElementPath path, XmlMembers into)
            throws XMLStreamException, Stopped {
        boolean told = false;
        for (int event = next(in); event != XMLStreamConstants.END_ELEMENT; event = next(in)) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                child(in, shape, path, into);
            } else if (!told && isStrayText(in, event)) {
                told = true;
                problems.error(
                        IssueCode.XML_NOT_ALLOWED,
                        path.toString(),
                        "There is text between the elements. In FHIR's XML values are in attributes.");
            }
        }
    }

    private static boolean isStrayText(XMLStreamReader in, int event) {
        return (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) && !in.isWhiteSpace();
    }

    private void child(XMLStreamReader in, @Nullable Shape shape, ElementPath path, XmlMembers into)
            throws XMLStreamException, Stopped {
        var name = in.getLocalName();
        var element = shape == null ? null : shape.elements().get(name);
        var here =
                path.child(element == null ? Quoted.name(name) : element.child().name());
        if (element != null && element.child().list()) {
            here = here.at(into.count(name));
        }
        if (XmlNarrative.isNarrative(in)) {
            into.single(name, NODES.stringNode(new XmlNarrative(in, this::next, problems, here).read()));
        } else if (!FHIR.equals(in.getNamespaceURI())) {
            problems.error(IssueCode.XML_NOT_ALLOWED, here.toString(), "The element is not in the namespace it needs.");
            skip(in);
        } else if (shape != null && !shape.resource() && isAttribute(shape, name)) {
            problems.error(
                    IssueCode.XML_NOT_ALLOWED,
                    here.toString(),
                    "In XML this is an attribute, not an element of its own.");
            skip(in);
        } else if (element == null || element.below() != null) {
            complex(in, element, here, into);
        } else if (element.anyResource()) {
            nested(in, element, here, into);
        } else if (element.format() != null) {
            primitive(in, element, element.format(), here, into);
        }
    }

    private static boolean isAttribute(Shape owner, String name) {
        return name.equals("id") || (name.equals("url") && owner.type().equals("Extension"));
    }

    /** An element with elements in it, or one that nobody knows and that comes out as whatever it looks like. */
    private void complex(XMLStreamReader in, @Nullable Element element, ElementPath path, XmlMembers into)
            throws XMLStreamException, Stopped {
        var name = in.getLocalName();
        var shape = element == null || element.below() == null
                ? null
                : element.below().get();
        var members = new XmlMembers();
        attribute(in, "id").ifPresent(id -> members.single("id", NODES.stringNode(id)));
        if (shape == null || shape.type().equals("Extension")) {
            attribute(in, "url").ifPresent(url -> members.single("url", NODES.stringNode(url)));
        }
        var value = attribute(in, "value");
        attributes(
                in,
                path,
                attribute -> attribute.equals("value")
                        || (shape == null ? isKnown(attribute) : isAttribute(shape, attribute)));
        children(in, shape, path, members);
        // A value where elements belong comes out as one, so that the check sees that the shape is wrong.
        JsonNode node = value.isPresent() && members.isEmpty() ? NODES.stringNode(value.get()) : members.node();
        if (element != null && element.child().list()) {
            into.item(name, node, null);
        } else {
            into.single(name, node);
        }
    }

    private static boolean isKnown(String attribute) {
        return attribute.equals("id") || attribute.equals("url");
    }

    /** {@code contained}, {@code resource} and their like: an element around a resource. */
    private void nested(XMLStreamReader in, Element element, ElementPath path, XmlMembers into)
            throws XMLStreamException, Stopped {
        attributes(in, path, name -> false);
        int found = 0;
        for (int event = next(in); event != XMLStreamConstants.END_ELEMENT; event = next(in)) {
            if (event == XMLStreamConstants.START_ELEMENT && found++ == 0) {
                add(element, resource(in, path).node(), into);
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                skip(in);
            } else if (isStrayText(in, event)) {
                found = 2;
            }
        }
        if (found != 1) {
            problems.error(IssueCode.WRONG_SHAPE, path.toString(), "Exactly one resource belongs in this element.");
        }
    }

    private static void add(Element element, JsonNode node, XmlMembers into) {
        if (element.child().list()) {
            into.item(element.name(), node, null);
        } else {
            into.single(element.name(), node);
        }
    }

    private void primitive(
            XMLStreamReader in, Element element, PrimitiveFormat format, ElementPath path, XmlMembers into)
            throws XMLStreamException, Stopped {
        var value = attribute(in, "value");
        var beside = new XmlMembers();
        attribute(in, "id").ifPresent(id -> beside.single("id", NODES.stringNode(id)));
        attributes(in, path, name -> name.equals("value") || name.equals("id"));
        children(in, elementWithExtensions, path, beside);
        if (value.isEmpty() && beside.isEmpty()) {
            problems.error(
                    IssueCode.EMPTY_ELEMENT,
                    path.toString(),
                    "The element has neither a value nor extensions. Leave it out.");
            return;
        }
        var node = value.isEmpty() ? null : XmlValue.node(value.get(), format);
        if (element.child().list()) {
            into.item(element.name(), node, beside.isEmpty() ? null : beside.node());
        } else {
            if (node != null) {
                into.single(element.name(), node);
            }
            if (!beside.isEmpty()) {
                into.single("_" + element.name(), beside.node());
            }
        }
    }

    private static java.util.Optional<String> attribute(XMLStreamReader in, String name) {
        return java.util.Optional.ofNullable(in.getAttributeValue("", name));
    }

    /** Reports every attribute of the current element that is not one of those that belong there. */
    private void attributes(XMLStreamReader in, ElementPath path, Predicate<String> known) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            var namespace = in.getAttributeNamespace(i);
            var name = in.getAttributeLocalName(i);
            // Says where a schema is; many tools write it, and nobody here follows it.
            boolean isSchemaLocation = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)
                    && name.toLowerCase(java.util.Locale.ROOT).endsWith("schemalocation");
            boolean isPlain = namespace == null || namespace.isEmpty();
            if (!isSchemaLocation && !(isPlain && known.test(name))) {
                problems.error(
                        IssueCode.XML_NOT_ALLOWED,
                        path.toString(),
                        "The attribute " + Quoted.name(name) + " does not belong here. Remove it.");
            }
        }
    }

    /** Past the current element and everything in it. */
    private void skip(XMLStreamReader in) throws XMLStreamException, Stopped {
        for (int open = 1; open > 0; ) {
            int event = next(in);
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
    }

    /** The parser's own message quotes the text around the fault, which may be a patient's; line and column are enough. */
    private void syntax(XMLStreamException e) {
        var where = e.getLocation();
        var place = where == null ? "" : " at line " + where.getLineNumber() + ", column " + where.getColumnNumber();
        problems.fatal(IssueCode.XML_SYNTAX, "", "The body is not well-formed XML" + place + ".");
    }
}
