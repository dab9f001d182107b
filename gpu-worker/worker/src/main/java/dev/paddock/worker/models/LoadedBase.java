package dev.paddock.worker.models;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.worker.metrics.ModelMeters;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A base in memory with its adapters. */
public final class LoadedBase implements AutoCloseable {
    private static final int MOST_DOCUMENT = 8192;

    private final String digest;
    private final Generator generator;
    private final ModelMeters meters;
    private final Precision precision;
    private final ChatTemplates templates;
    private final ResidentAdapters adapters;
    private final long bytes;
    private final AtomicInteger users = new AtomicInteger();
    private final Semaphore readings;
    private final @Nullable ClassificationHead own;

    /**
     * A base without adapters.
     *
     * @param own the head of a base that gives labels itself; null for one that writes texts
     * @param mostReadings requests that may read documents at once
     */
    LoadedBase(
            String digest,
            Generator generator,
            ModelMeters meters,
            @Nullable ClassificationHead own,
            Precision precision,
            ChatTemplates templates,
            ResidentAdapters adapters,
            int mostReadings) {
        this.digest = digest;
        this.generator = generator;
        this.meters = meters;
        this.own = own;
        this.precision = precision;
        this.templates = templates;
        this.adapters = adapters;
        this.bytes = generator.weightBytes();
        this.readings = new Semaphore(mostReadings);
    }

    public String digest() {
        return digest;
    }

    public Generator generator() {
        return generator;
    }

    /** What is measured of its serving. */
    public ModelMeters meters() {
        return meters;
    }

    public Tokenizer tokenizer() {
        return generator.tokenizer();
    }

    /** As {@link Generator#contextLength} says. */
    public int contextLength() {
        return generator.contextLength();
    }

    /** Most tokens of a document that is read in one pass, without a cache: nothing else of the model goes on meanwhile. */
    public int documentLength() {
        return Math.min(generator.executor().config().contextLength(), MOST_DOCUMENT);
    }

    /** The base's own template, for conversations with tools or without. */
    public ChatTemplate template(boolean tools) {
        return templates
                .of(tools)
                .orElseThrow(() -> new ProblemException(
                        ServingProblem.CHAT_TEMPLATE,
                        "base " + digest + " has no chat template; send prompts, not messages"));
    }

    ResidentAdapters adapters() {
        return adapters;
    }

    /** The head of a base that gives labels itself; empty for one that writes texts. */
    Optional<ClassificationHead> classifier() {
        return Optional.ofNullable(own);
    }

    /**
     * Does work that reads documents, unless too much of it is under way.
     *
     * @throws QueueFullException where it is
     */
    public <T> T reading(Supplier<T> work) {
        if (!readings.tryAcquire()) {
            meters.refused();
            throw new QueueFullException(generator.waiting());
        }
        try {
            return work.get();
        } finally {
            readings.release();
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

    /** Bytes that its weights take, adapters not counted. */
    long bytes() {
        return bytes;
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
        meters.close();
    }
}
