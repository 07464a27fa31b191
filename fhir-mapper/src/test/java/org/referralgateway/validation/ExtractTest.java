package org.referralgateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.referralgateway.validation.Extract.Element;
import org.referralgateway.validation.Extract.Structure;

/** What the build takes out of FHIR's definitions is what is in them. */
class ExtractTest {

    private static final Extract SHIPPED = Extract.shipped();

    @Test
    void whatIsShippedIsWhatTheDefinitionsOfTheReferenceSayToday() {
        assertThat(SHIPPED).isEqualTo(Extraction.of(Checks.REFERENCE));
    }

    @Test
    void isTheSameFileWheneverItIsMade() throws IOException {
        assertThat(file(new ReferenceCheck(Checks.GUIDE))).isEqualTo(file(Checks.REFERENCE));
    }

    private static byte[] file(ReferenceCheck reference) throws IOException {
        var file = new ByteArrayOutputStream();
        ExtractFile.write(Extraction.of(reference), file);
        return file.toByteArray();
    }

    @Test
    void saysOfAnElementWhatItsDefinitionSays() {
        var intent = element(structure("ServiceRequest"), "ServiceRequest.intent");

        assertThat(intent.min()).isEqualTo(1);
        assertThat(intent.max()).isEqualTo(1);
        assertThat(intent.types())
                .singleElement()
                .satisfies(type -> assertThat(type.code()).isEqualTo("code"));
        assertThat(intent.binding()).satisfies(binding -> {
            assertThat(binding.isRequired()).isTrue();
            assertThat(SHIPPED.expansions())
                    .extractingByKey(binding.valueSet())
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Set.class))
                    .extractingByKey("http://hl7.org/fhir/request-intent")
                    .asInstanceOf(InstanceOfAssertFactories.SET)
                    .contains("order", "proposal", "plan");
        });
        assertThat(element(structure("ServiceRequest"), "ServiceRequest.identifier")
                        .max())
                .isEqualTo(Element.NO_MAX);
        assertThat(element(structure("ServiceRequest"), "ServiceRequest.subject")
                        .types()
                        .getFirst()
                        .targets())
                .containsExactlyInAnyOrder("Patient", "Group", "Location", "Device");
        assertThat(element(structure("Patient"), "Patient.contact").constraints())
                .extracting(Extract.Constraint::key)
                .contains("pat-1");
        assertThat(element(structure("Bundle"), "Bundle.entry.link").contentReference())
                .isEqualTo("Bundle.link");
    }

    @Test
    void hasTheProfilesOfOurGuide() {
        assertThat(SHIPPED.profiles())
                .extracting(Structure::url)
                .hasSize(Checks.GUIDE.profiles().size())
                .allMatch(url -> url.startsWith(Guide.PROFILES));
    }

    private static Structure structure(String type) {
        return SHIPPED.structures().stream()
                .filter(structure -> structure.type().equals(type) && !structure.isProfile())
                .findFirst()
                .orElseThrow();
    }

    private static Element element(Structure structure, String path) {
        return structure.elements().stream()
                .filter(element -> element.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
