package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.jspecify.annotations.Nullable;

/** Names and addresses in one line. */
final class Names {

    private Names() {}

    /** Index of the name to call the person by: the official one, else the usual one; an old one only where there is no other. */
    static int preferred(List<HumanName> names) {
        int best = 0;
        for (int i = 1; i < names.size(); i++) {
            if (order().compare(names.get(i), names.get(best)) < 0) {
                best = i;
            }
        }
        return best;
    }

    private static Comparator<HumanName> order() {
        return Comparator.comparingInt(name -> switch (name.getUse()) {
            case OFFICIAL -> 0;
            case USUAL -> 1;
            case null -> 2;
            case NICKNAME, ANONYMOUS, TEMP, NULL -> 3;
            case OLD, MAIDEN -> 4;
        });
    }

    /** Given names before the family name, or the text as sent; nothing where there is neither. */
    static @Nullable String full(HumanName name) {
        if (name.hasText()) {
            return name.getText();
        }
        var family = name.hasFamily() ? name.getFamily() : "";
        return Values.nonBlank((name.getGivenAsSingleString() + " " + family).strip());
    }

    /** Another name, and what it is, for example {@code Leidend (maiden)}. */
    static @Nullable String other(HumanName name) {
        var full = full(name);
        NameUse use = name.getUse();
        return full == null || use == null ? full : full + " (" + use.toCode() + ")";
    }

    static @Nullable String of(Address address) {
        var line = address.hasText() ? oneLine(address.getText()) : parts(address);
        var use = address.getUse();
        return line == null || use == null || use == AddressUse.HOME ? line : line + " (" + use.toCode() + ")";
    }

    private static @Nullable String oneLine(String text) {
        return Values.nonBlank(String.join(", ", text.lines().map(String::strip).toList()));
    }

    private static @Nullable String parts(Address address) {
        var parts = new ArrayList<String>();
        address.getLine().forEach(line -> add(parts, line.getValue()));
        add(parts, address.getCity());
        add(parts, address.getDistrict());
        add(parts, address.getState());
        add(parts, address.getPostalCode());
        add(parts, address.getCountry());
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static void add(List<String> parts, @Nullable String part) {
        if (part != null && !part.isBlank()) {
            parts.add(part.strip());
        }
    }
}
