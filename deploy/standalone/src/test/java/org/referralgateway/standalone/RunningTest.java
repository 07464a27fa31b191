package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.referralgateway.standalone.Running.Part;

class RunningTest {
    private final List<String> stopped = new ArrayList<>();
    private final Running running =
            new Running(new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));

    @Test
    void stopsWhoDependsBeforeWhatItDependsOn() {
        running.add(Part.KAFKA, () -> stopped.add("Kafka"));
        running.add(Part.DATA_FOLDER, () -> stopped.add("folder"));
        running.add(Part.SERVICE, () -> stopped.add("service"));
        running.add(Part.POSTGRES, () -> stopped.add("PostgreSQL"));

        running.close();

        assertThat(stopped).containsExactly("service", "Kafka", "PostgreSQL", "folder");
    }

    @Test
    void stopsTheRestThoughOneFails() {
        running.add(Part.SERVICE, () -> {
            throw new IllegalStateException("stuck");
        });
        running.add(Part.POSTGRES, () -> stopped.add("PostgreSQL"));

        running.close();

        assertThat(stopped).containsExactly("PostgreSQL");
    }

    @Test
    void stopsAtOnceWhatComesUpAfterTheEnd() {
        running.close();

        assertThatThrownBy(() -> running.add(Part.KAFKA, () -> stopped.add("Kafka")))
                .isInstanceOf(CannotStart.class);
        assertThat(stopped).containsExactly("Kafka");
    }

    @Test
    void stopsEachOnce() {
        running.add(Part.KAFKA, () -> stopped.add("Kafka"));

        running.close();
        running.close();

        assertThat(stopped).containsExactly("Kafka");
    }
}
