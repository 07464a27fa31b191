package org.referralgateway.mapper;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * The one place where an XML parser is made. It reads no DTD, expands no entity that the document declares, and opens
 * nothing. Whoever reads still refuses a DOCTYPE as soon as it comes, so that nothing after it counts.
 *
 * <p>The JDK's own parser, not one that happens to be on the class path. Its limits (depth 100, 200 attributes, names of
 * 1,000 characters) hold too.
 */
final class HardenedXml {

    private static final Map<String, Object> SETTINGS = Map.of(
            XMLInputFactory.SUPPORT_DTD, false,
            XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false,
            XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false,
            XMLInputFactory.IS_VALIDATING, false,
            XMLInputFactory.IS_NAMESPACE_AWARE, true,
            XMLConstants.ACCESS_EXTERNAL_DTD, "",
            XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");

    private HardenedXml() {}

    /**
     * @param body clean UTF-8; an encoding that its declaration names is not used
     */
    static XMLStreamReader read(byte[] body, int start) throws XMLStreamException {
        // A factory of its own for each reading: the JDK's keeps hold of the last reader, and so of a person's data.
        var factory = XMLInputFactory.newDefaultFactory();
        SETTINGS.forEach(factory::setProperty);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing outside the document is read.");
        });
        return new Faultless(
                factory.createXMLStreamReader(new ByteArrayInputStream(body, start, body.length - start), "UTF-8"));
    }

    /** The JDK has no words for some faults inside a DOCTYPE, and then fails over that instead of telling of them. */
    private static final class Faultless extends StreamReaderDelegate {

        Faultless(XMLStreamReader in) {
            super(in);
        }

        @Override
        public int next() throws XMLStreamException {
            try {
                return super.next();
            } catch (MissingResourceException e) {
                throw new XMLStreamException("A fault without words.", getLocation(), e);
            }
        }
    }
}
