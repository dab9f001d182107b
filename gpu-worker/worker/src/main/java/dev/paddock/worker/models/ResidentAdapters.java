package dev.paddock.worker.models;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.AdapterExchange;
import dev.paddock.llama.inference.PreparedAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A base's adapters in memory; the others lie as files in the worker's cache. One that is asked for and not there is loaded by the
 * first who asks, while the base's answers go on, and the others who ask for it wait. Adapters are loaded one after the other, so
 * that at most one at a time takes memory beyond the room.
 */
final class ResidentAdapters {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentAdapters.class);

    private final AdapterExchange exchange;
    private final LlamaConfig config;
    private final AdapterRoom room;
    private final Function<String, Path> folders;
    private final Map<String, ClassificationHead> classifiers = new ConcurrentHashMap<>();
    private final Map<String, List<String>> routed = new ConcurrentHashMap<>();
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private final ReentrantLock loading = new ReentrantLock(true);

    /** An adapter as its folder holds it, in the executor's form. */
    private record Read(PreparedAdapter prepared, Optional<ClassificationHead> classifier, List<String> routed) {}

    /** @param folders gives the folder of an adapter's digest, fetched where it is not here yet */
    ResidentAdapters(AdapterExchange exchange, LlamaConfig config, AdapterRoom room, Function<String, Path> folders) {
        this.exchange = exchange;
        this.config = config;
        this.room = room;
        this.folders = folders;
    }

    /**
     * Counts one more use of an adapter, which is loaded before where it is not there.
     *
     * @throws dev.paddock.kit.problem.ProblemException where there is no room
     */
    void use(String adapter) {
        if (!room.use(adapter)) {
            Path folder = folders.apply(adapter);
            loading.lock();
            try {
                if (!room.use(adapter)) {
                    install(adapter, read(folder));
                }
            } finally {
                loading.unlock();
            }
        }
    }

    /** A use has ended. */
    void done(String adapter) {
        room.done(adapter);
    }

    /** Fetches an adapter's files, and loads it where no other has to leave for it. */
    void offer(String adapter) {
        Path folder = folders.apply(adapter);
        loading.lock();
        try {
            if (!room.holds(adapter) && sizes.getOrDefault(adapter, 1L) <= room.free()) {
                Read read = read(folder);
                sizes.put(adapter, read.prepared().bytes());
                if (read.prepared().bytes() <= room.free()) {
                    install(adapter, read);
                    room.done(adapter);
                } else {
                    read.prepared().close();
                }
            }
        } finally {
            loading.unlock();
        }
    }

    /** The head of an adapter in use; empty for one that writes texts. */
    Optional<ClassificationHead> classifier(String adapter) {
        return Optional.ofNullable(classifiers.get(adapter));
    }

    /** Versions of the adapters among which the gates of one in use choose; none where it has no gates. */
    List<String> routed(String adapter) {
        return routed.getOrDefault(adapter, List.of());
    }

    private Read read(Path folder) {
        if (!ClassifierModel.isIn(folder)) {
            List<String> names = RoutedFolder.isIn(folder) ? RoutedFolder.names(folder) : List.of();
            return new Read(PeftAdapter.read(folder, exchange::prepare), Optional.empty(), names);
        }
        ClassifierModel classifier = ClassifierModel.read(folder);
        classifier.head().checkFits(config);
        LoraAdapter adapter = classifier.headed().adapter();
        return new Read(exchange.prepare(adapter), Optional.of(classifier.head()), List.of());
    }

    private void install(String adapter, Read read) {
        try (PreparedAdapter prepared = read.prepared()) {
            room.take(adapter, prepared.bytes()).forEach(this::unload);
            try {
                exchange.install(adapter, prepared);
            } catch (RuntimeException e) {
                room.leave(adapter);
                throw e;
            }
        }
        read.classifier().ifPresent(classifier -> classifiers.put(adapter, classifier));
        routed.put(adapter, read.routed());
        room.fill(adapter);
        LOG.debug("loaded adapter {}", adapter);
    }

    private void unload(String adapter) {
        classifiers.remove(adapter);
        routed.remove(adapter);
        if (exchange.drop(adapter)) {
            LOG.debug("unloaded adapter {}", adapter);
        } else {
            LOG.warn("adapter {} has left, and a request without a lease still uses it", adapter);
        }
    }
}
