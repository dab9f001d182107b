package dev.paddock.kit.outbox;

import dev.paddock.contracts.event.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends rows: those of one key one after another, each acknowledged before the next; keys beside each other. */
final class KafkaSender {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSender.class);
    private final Producer<String, String> producer;

    KafkaSender(Producer<String, String> producer) {
        this.producer = producer;
    }

    /** Returns the positions that the broker has; a failure holds back only later rows of the same key. */
    List<Long> send(List<OutboxRow> rows) {
        Map<String, List<OutboxRow>> byKey = new LinkedHashMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.orderKey(), key -> new ArrayList<>()).add(row));
        List<CompletableFuture<List<Long>>> chains =
                byKey.values().stream().map(this::chain).toList();
        return chains.stream()
                .map(CompletableFuture::join)
                .flatMap(Collection::stream)
                .toList();
    }

    private CompletableFuture<List<Long>> chain(List<OutboxRow> rows) {
        List<Long> sent = new ArrayList<>();
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (OutboxRow row : rows) {
            last = last.thenCompose(ignored -> one(row)).thenRun(() -> sent.add(row.position()));
        }
        return last.handle((ignored, failure) -> {
            if (failure != null) {
                LOG.warn("events wait for the broker: {}", failure.getMessage());
            }
            return sent;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback reports
    private CompletableFuture<Void> one(OutboxRow row) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ProducerRecord<String, String> record = new ProducerRecord<>(row.topic(), row.key(), row.payload());
        record.headers().add("content-type", CloudEvent.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
        return done;
    }
}
