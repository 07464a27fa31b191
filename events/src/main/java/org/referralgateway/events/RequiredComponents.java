package org.referralgateway.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the first component that is null although its record does not call it nullable; JSON can leave anything out. */
final class RequiredComponents {

    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
    };

    private record Component(RecordComponent component, boolean nullable) {
        static Component of(RecordComponent component) {
            var nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || component.getType().isPrimitive();
            return new Component(component, nullable);
        }

        @Nullable
        Object valueIn(Record record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("A record of ours does not let itself be read: " + component, e);
            }
        }
    }

    private RequiredComponents() {}

    static Optional<String> firstMissing(Record record) {
        for (var component : COMPONENTS.get(record.getClass())) {
            var value = component.valueIn(record);
            if (value == null) {
                if (!component.nullable()) {
                    return Optional.of(component.component().getName());
                }
            } else {
                var below = below(value);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> below(Object value) {
        return switch (value) {
            case Record record -> firstMissing(record);
            case List<?> list ->
                list.stream()
                        .filter(Record.class::isInstance)
                        .map(item -> firstMissing((Record) item))
                        .flatMap(Optional::stream)
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
