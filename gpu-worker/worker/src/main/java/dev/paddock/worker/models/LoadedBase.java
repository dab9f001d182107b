package dev.paddock.worker.models;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A base in memory with its adapters, the least recently used first. */
public final class LoadedBase implements AutoCloseable {
    private final String digest;
    private final Generator generator;
    private final Precision precision;
    private final ChatTemplates templates;
    private final int mostAdapters;
    private final Set<String> recentlyUsed = new LinkedHashSet<>();
    private final Map<String, Integer> leases = new HashMap<>();
    private final Map<String, ClassifierModel> classifiers = new HashMap<>();
    private final AtomicInteger users = new AtomicInteger();
    private final Semaphore readings;

    /** @param mostReadings requests that may read documents at once */
    LoadedBase(
            String digest,
            Generator generator,
            Precision precision,
            ChatTemplates templates,
            int mostAdapters,
            int mostReadings) {
        this.digest = digest;
        this.generator = generator;
        this.precision = precision;
        this.templates = templates;
        this.mostAdapters = mostAdapters;
        this.readings = new Semaphore(mostReadings);
    }

    public String digest() {
        return digest;
    }

    public Generator generator() {
        return generator;
    }

    public Tokenizer tokenizer() {
        return generator.tokenizer();
    }

    public int contextLength() {
        return generator.executor().config().contextLength();
    }

    /** The base's own template, for conversations with tools or without. */
    public ChatTemplate template(boolean tools) {
        return templates
                .of(tools)
                .orElseThrow(() -> new ProblemException(
                        ServingProblem.CHAT_TEMPLATE,
                        "base " + digest + " has no chat template; send prompts, not messages"));
    }

    /** Loads an adapter unless it is there, while others go on. */
    synchronized void use(String adapter, Function<String, Path> folders) {
        leases.merge(adapter, 1, Integer::sum);
        recentlyUsed.remove(adapter);
        if (!generator.executor().adapters().contains(adapter)) {
            load(adapter, folders.apply(adapter));
        }
        recentlyUsed.add(adapter);
        List<String> oldest = new ArrayList<>(recentlyUsed);
        for (int i = 0; recentlyUsed.size() > mostAdapters && i < oldest.size() - 1; i++) {
            unload(oldest.get(i));
        }
    }

    private void load(String adapter, Path folder) {
        if (!ClassifierModel.isIn(folder)) {
            generator.loadAdapter(adapter, PeftAdapter.read(folder));
            return;
        }
        ClassifierModel classifier = ClassifierModel.read(folder);
        classifier.checkFits(generator.executor().config());
        generator.loadAdapter(adapter, classifier.headed().adapter());
        classifiers.put(adapter, classifier);
    }

    /** The classifier that an adapter loaded is; empty for one that writes texts. */
    synchronized Optional<ClassifierModel> classifier(String adapter) {
        return Optional.ofNullable(classifiers.get(adapter));
    }

    /**
     * Does work that reads documents, unless too much of it is under way.
     *
     * @throws QueueFullException where it is
     */
    public <T> T reading(Supplier<T> work) {
        if (!readings.tryAcquire()) {
            throw new QueueFullException(generator.waiting());
        }
        try {
            return work.get();
        } finally {
            readings.release();
        }
    }

    /** An adapter is given back. */
    synchronized void done(String adapter) {
        leases.computeIfPresent(adapter, (name, count) -> count == 1 ? null : count - 1);
    }

    private void unload(String adapter) {
        if (!leases.containsKey(adapter)) {
            generator.unloadAdapter(adapter);
            classifiers.remove(adapter);
            recentlyUsed.remove(adapter);
        }
    }

    void entered() {
        users.incrementAndGet();
    }

    void left() {
        users.decrementAndGet();
    }

    boolean idle() {
        return users.get() == 0 && generator.idle();
    }

    long bytes() {
        return generator.weightBytes();
    }

    LoadedModel description() {
        Executor executor = generator.executor();
        return new LoadedModel(
                digest,
                executor.adapters().stream().sorted().toList(),
                precision.name().toLowerCase(Locale.ROOT),
                contextLength(),
                generator.weightBytes());
    }

    @Override
    public void close() {
        generator.close();
    }
}
