package org.referralgateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.referralgateway.standalone.Running.Part;

class RunningTest {
    private final List<Part> stopped = new ArrayList<>();
    private final Running running =
            new Running(new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));

    @Test
    void stopsWhoDependsBeforeWhatItDependsOn() throws Exception {
        started(Part.KAFKA);
        started(Part.DATA_FOLDER);
        started(Part.SERVICE);
        started(Part.POSTGRES);

        running.close();

        assertThat(stopped).containsExactly(Part.SERVICE, Part.KAFKA, Part.POSTGRES, Part.DATA_FOLDER);
    }

    @Test
    void stopsTheRestThoughOneFails() throws Exception {
        AutoCloseable stuck = () -> {
            throw new IllegalStateException("stuck");
        };
        running.start(Part.SERVICE, () -> stuck);
        started(Part.POSTGRES);

        running.close();

        assertThat(stopped).containsExactly(Part.POSTGRES);
    }

    @Test
    void stopsTheRestThoughOneNeverCameUp() throws Exception {
        Callable<AutoCloseable> broken = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> running.start(Part.KAFKA, broken)).hasMessage("broken");
        started(Part.POSTGRES);

        running.close();

        assertThat(stopped).containsExactly(Part.POSTGRES);
    }

    @Test
    void waitsForWhatIsStillComingUp() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var start = CompletableFuture.runAsync(() -> {
            try {
                running.start(Part.POSTGRES, () -> {
                    begun.countDown();
                    goOn.await();
                    return (AutoCloseable) () -> stopped.add(Part.POSTGRES);
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        var end = CompletableFuture.runAsync(running::close);
        goOn.countDown();

        CompletableFuture.allOf(start, end).get(10, TimeUnit.SECONDS);

        assertThat(stopped).containsExactly(Part.POSTGRES);
    }

    @Test
    void startsNothingAfterTheEnd() {
        running.close();

        assertThatThrownBy(() -> started(Part.KAFKA)).isInstanceOf(CannotStart.class);
    }

    @Test
    void stopsEachOnce() throws Exception {
        started(Part.KAFKA);

        running.close();
        running.close();

        assertThat(stopped).containsExactly(Part.KAFKA);
    }

    private void started(Part part) throws Exception {
        running.start(part, () -> (AutoCloseable) () -> stopped.add(part));
    }
}
