package org.referralgateway.validation;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Binding;
import org.referralgateway.validation.Extract.Constraint;
import org.referralgateway.validation.Extract.Element;
import org.referralgateway.validation.Extract.Kind;
import org.referralgateway.validation.Extract.Structure;
import org.referralgateway.validation.Extract.Type;

/**
 * An {@link Extract} as a file: its fields, one after the other. Nobody but the build writes it and nobody else reads it, so it
 * needs neither names nor versions. Mapping as many records from JSON costs each start more than a second of compilation alone.
 */
final class ExtractFile {

    private ExtractFile() {}

    private interface Writing<T> {
        void write(DataOutput out, T value) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInput in) throws IOException;
    }

    /** The same extract is the same bytes, if its sets and maps are in order. */
    static void write(Extract extract, OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        all(out, extract.structures(), ExtractFile::structure);
        all(out, extract.profiles(), ExtractFile::structure);
        codes(out, extract.systems());
        texts(out, extract.valueSets());
        map(out, extract.expansions(), ExtractFile::codes);
        texts(out, extract.languages());
        out.flush();
    }

    static Extract read(InputStream from) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from, 1 << 16));
        return new Extract(
                list(in, ExtractFile::structure),
                list(in, ExtractFile::structure),
                codes(in),
                texts(in),
                map(in, ExtractFile::codes),
                list(in, DataInput::readUTF));
    }

    private static void structure(DataOutput out, Structure structure) throws IOException {
        out.writeUTF(structure.url());
        out.writeUTF(structure.type());
        out.writeUTF(structure.kind().name());
        out.writeBoolean(structure.isAbstract());
        out.writeBoolean(structure.isProfile());
        perhaps(out, structure.base(), DataOutput::writeUTF);
        all(out, structure.elements(), ExtractFile::element);
        perhaps(out, structure.places(), ExtractFile::texts);
    }

    private static Structure structure(DataInput in) throws IOException {
        return new Structure(
                in.readUTF(),
                in.readUTF(),
                Kind.valueOf(in.readUTF()),
                in.readBoolean(),
                in.readBoolean(),
                perhaps(in, DataInput::readUTF),
                list(in, ExtractFile::element),
                perhaps(in, ExtractFile::texts));
    }

    private static void element(DataOutput out, Element element) throws IOException {
        out.writeUTF(element.path());
        out.writeBoolean(element.isSlice());
        out.writeBoolean(element.isModifier());
        out.writeInt(element.min());
        out.writeInt(element.max());
        out.writeInt(element.maxLength());
        perhaps(out, element.contentReference(), DataOutput::writeUTF);
        all(out, element.types(), ExtractFile::type);
        perhaps(out, element.binding(), ExtractFile::binding);
        all(out, element.constraints(), ExtractFile::constraint);
        perhaps(out, element.fixed(), DataOutput::writeUTF);
    }

    private static Element element(DataInput in) throws IOException {
        return new Element(
                in.readUTF(),
                in.readBoolean(),
                in.readBoolean(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                perhaps(in, DataInput::readUTF),
                list(in, ExtractFile::type),
                perhaps(in, ExtractFile::binding),
                list(in, ExtractFile::constraint),
                perhaps(in, DataInput::readUTF));
    }

    private static void type(DataOutput out, Type type) throws IOException {
        out.writeUTF(type.code());
        out.writeBoolean(type.isSimpleQuantity());
        texts(out, type.targets());
    }

    private static Type type(DataInput in) throws IOException {
        return new Type(in.readUTF(), in.readBoolean(), texts(in));
    }

    private static void binding(DataOutput out, Binding binding) throws IOException {
        out.writeUTF(binding.valueSet());
        out.writeBoolean(binding.isRequired());
    }

    private static Binding binding(DataInput in) throws IOException {
        return new Binding(in.readUTF(), in.readBoolean());
    }

    private static void constraint(DataOutput out, Constraint constraint) throws IOException {
        out.writeUTF(constraint.key());
        out.writeUTF(constraint.human());
        out.writeUTF(constraint.expression());
    }

    private static Constraint constraint(DataInput in) throws IOException {
        return new Constraint(in.readUTF(), in.readUTF(), in.readUTF());
    }

    private static void codes(DataOutput out, Map<String, Set<String>> codes) throws IOException {
        map(out, codes, ExtractFile::texts);
    }

    private static Map<String, Set<String>> codes(DataInput in) throws IOException {
        return map(in, ExtractFile::texts);
    }

    private static void texts(DataOutput out, Collection<String> texts) throws IOException {
        all(out, texts, DataOutput::writeUTF);
    }

    private static Set<String> texts(DataInput in) throws IOException {
        int size = in.readInt();
        var texts = HashSet.<String>newHashSet(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static <T> void all(DataOutput out, Collection<T> values, Writing<T> writing) throws IOException {
        out.writeInt(values.size());
        for (var value : values) {
            writing.write(out, value);
        }
    }

    private static <T> List<T> list(DataInput in, Reading<T> reading) throws IOException {
        int size = in.readInt();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            values.add(reading.read(in));
        }
        return values;
    }

    private static <T> void map(DataOutput out, Map<String, T> values, Writing<T> writing) throws IOException {
        out.writeInt(values.size());
        for (var entry : values.entrySet()) {
            out.writeUTF(entry.getKey());
            writing.write(out, entry.getValue());
        }
    }

    private static <T> Map<String, T> map(DataInput in, Reading<T> reading) throws IOException {
        int size = in.readInt();
        var values = HashMap.<String, T>newHashMap(size);
        for (int i = 0; i < size; i++) {
            values.put(in.readUTF(), reading.read(in));
        }
        return values;
    }

    private static <T> void perhaps(DataOutput out, @Nullable T value, Writing<T> writing) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writing.write(out, value);
        }
    }

    private static <T> @Nullable T perhaps(DataInput in, Reading<T> reading) throws IOException {
        return in.readBoolean() ? reading.read(in) : null;
    }
}
