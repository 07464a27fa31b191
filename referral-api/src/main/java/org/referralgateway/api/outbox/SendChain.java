package org.referralgateway.api.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One referral's events of one topic on their way: each leaves once the broker has the one before. After a failure the rest
 * stays where it is, so nothing can overtake what failed.
 *
 * <p>The next event is handed over in the producer's own thread. It may have to wait for room in the producer's buffer there,
 * at most {@code max.block.ms}; then it counts as failed and is sent again later.
 */
final class SendChain {

    private final Producer<String, byte[]> producer;
    private final List<UnsentEvent> events;
    private final List<UnsentEvent.Sent> sent = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    SendChain(Producer<String, byte[]> producer, List<UnsentEvent> events) {
        this.producer = producer;
        this.events = events;
    }

    /**
     * @param sent what the broker has
     * @param failure why the rest was not sent; null where there is no rest
     */
    record Result(List<UnsentEvent.Sent> sent, @Nullable Throwable failure) {}

    void begin() {
        send(0);
    }

    Result await() throws InterruptedException {
        ended.await();
        return new Result(sent, failure);
    }

    private void send(int number) {
        try {
            producer.send(
                    events.get(number).asRecord(), (metadata, problem) -> acknowledged(number, metadata, problem));
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void acknowledged(int number, RecordMetadata metadata, @Nullable Exception problem) {
        if (problem != null) {
            end(problem);
            return;
        }
        sent.add(UnsentEvent.Sent.of(events.get(number), metadata));
        if (number + 1 < events.size()) {
            send(number + 1);
        } else {
            ended.countDown();
        }
    }

    private void end(Throwable problem) {
        failure = problem;
        ended.countDown();
    }
}
