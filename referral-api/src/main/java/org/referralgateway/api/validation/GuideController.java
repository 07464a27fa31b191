package org.referralgateway.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.referralgateway.validation.Guide;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /ig}: the implementation guide, to read and as a package. */
@Controller
class GuideController {

    private final Guide guide = Guide.shipped();
    private final byte[] npmPackage = guide.npmPackage();

    /** An element of a profile as the page shows it. */
    record Row(String path, String cardinality, boolean read, String says) {}

    /** A profile as the page shows it. */
    record Profile(String id, String url, String title, String type, String description, List<Row> rows) {}

    @GetMapping("/ig")
    String page(Model model) {
        var profiles = new ArrayList<Profile>();
        var valueSets = new ArrayList<ValueSet>();
        for (var definition : guide.definitions()) {
            if (definition instanceof StructureDefinition profile) {
                profiles.add(profile(profile));
            } else if (definition instanceof ValueSet valueSet) {
                valueSets.add(valueSet);
            }
        }
        model.addAttribute("profiles", profiles);
        model.addAttribute("valueSets", valueSets);
        model.addAttribute(
                "files",
                guide.files().keySet().stream()
                        .filter(name -> name.endsWith(".json") && !name.contains("index"))
                        .toList());
        return "ig/page";
    }

    private static Profile profile(StructureDefinition profile) {
        var rows = new ArrayList<Row>();
        for (var element : profile.getDifferential().getElement()) {
            var says = new ArrayList<String>();
            if (element.hasShort()) {
                says.add(element.getShort());
            }
            if (element.hasFixed()) {
                says.add("always " + element.getFixed().primitiveValue());
            }
            element.getConstraint().forEach(rule -> says.add(rule.getKey() + ": " + rule.getHuman()));
            if (element.hasBinding()) {
                says.add(element.getBinding().getDescription());
            }
            var cardinality = element.hasMax() ? "0" : element.hasMin() ? "at least " + element.getMin() : "";
            rows.add(new Row(element.getPath(), cardinality, element.getMustSupport(), String.join(". ", says)));
        }
        return new Profile(
                profile.getIdElement().getIdPart(),
                profile.getUrl(),
                profile.getTitle(),
                profile.getType(),
                profile.getDescription(),
                rows);
    }

    @GetMapping("/ig/package.tgz")
    ResponseEntity<byte[]> npmPackage() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("application/gzip"))
                .body(npmPackage);
    }

    @GetMapping({"/ig/files/{name}", "/ig/files/{folder}/{name}"})
    ResponseEntity<String> file(@PathVariable Map<String, String> path) {
        var folder = path.get("folder");
        var content = guide.files().get((folder == null ? "" : folder + "/") + path.get("name"));
        return content == null
                ? ResponseEntity.notFound().build()
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new String(content, StandardCharsets.UTF_8));
    }
}
