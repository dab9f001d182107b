package dev.paddock.worker.models;

import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.WholeClassifier;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.inference.hybrid.ModelParts;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.drafting.DraftingInput;
import dev.paddock.worker.metrics.ModelMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a base's files into memory. */
final class BaseLoader {
    private static final Logger LOG = LoggerFactory.getLogger(BaseLoader.class);
    private final ServingProperties properties;
    private final SpeculativeSetting speculative;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Function<String, Path> folders;
    private final Predicate<String> pinned;

    /**
     * Reads with these settings.
     *
     * @param folders gives the folder of an adapter's digest
     * @param pinned whether an adapter of that digest stays in memory
     */
    BaseLoader(
            ServingProperties properties,
            Clock clock,
            MeterRegistry registry,
            Function<String, Path> folders,
            Predicate<String> pinned) {
        this.properties = properties;
        this.speculative = SpeculativeSetting.of(properties.speculativeConfig());
        this.clock = clock;
        this.registry = registry;
        this.folders = folders;
        this.pinned = pinned;
    }

    /** @param makeRoom told the bytes needed before they are taken */
    LoadedBase load(String digest, Path folder, LongConsumer makeRoom) {
        int threads = properties.chosenThreads();
        Libtorch.setThreads(threads);
        boolean labels = WholeClassifier.isIn(folder);
        try (WeightSource source = labels ? ModelFiles.openClassifier(folder) : ModelFiles.open(folder)) {
            ExecutorOptions options = properties.executor(threads);
            ClassificationHead head = labels ? head(folder, source.config()) : null;
            long bytes = Executors.bytes(source, options);
            makeRoom.accept(bytes);
            ModelParts parts = ModelParts.read(source, folder, options);
            try {
                ChatTemplates templates = ChatTemplates.of(parts.tokenizer());
                ModelMeters meters = new ModelMeters(registry, digest);
                DraftingInput drafting = new DraftingInput(
                        digest, parts.tokenizer(), folders, options, more -> makeRoom.accept(bytes + more));
                Speculation speculation = speculative.speculation(drafting).orElse(null);
                Generator generator = generator(parts, speculation, meters);
                meters.watch(generator);
                return base(digest, generator, meters, head, templates);
            } catch (RuntimeException e) {
                parts.close();
                throw e;
            }
        }
    }

    private static ClassificationHead head(Path folder, LlamaConfig config) {
        ClassificationHead head = WholeClassifier.read(folder);
        head.checkFits(config);
        return head;
    }

    private Generator generator(ModelParts parts, @Nullable Speculation speculation, ModelMeters meters) {
        try {
            SchedulerLimits limits = limits(parts.executor(), speculation);
            return new Generator(parts.executor(), parts.tokenizer(), limits, speculation, clock, meters);
        } catch (RuntimeException e) {
            if (speculation != null) {
                speculation.drafter().close();
            }
            throw e;
        }
    }

    private SchedulerLimits limits(Executor executor, @Nullable Speculation speculation) {
        long drafts = speculation == null ? 0 : speculation.drafter().cacheBytesPerToken();
        long bytes = executor.cacheBytesPerToken() + drafts;
        long cachedTokens =
                properties.cacheMemory().toBytes() / bytes * Generator.KEPT_PART / (Generator.KEPT_PART + 1);
        int context = executor.config().contextLength();
        if (cachedTokens < context) {
            LOG.warn(
                    "paddock.serving.cache-memory={} has room for {} tokens of {} bytes: prompts and answers may have so many, where the model could have {}",
                    properties.cacheMemory(),
                    cachedTokens,
                    bytes,
                    context);
        }
        return new SchedulerLimits(
                properties.waiting(),
                properties.running(),
                cachedTokens,
                properties.tokensPerStep(),
                properties.tokensBesideAnswers());
    }

    private LoadedBase base(
            String digest,
            Generator generator,
            ModelMeters meters,
            @Nullable ClassificationHead head,
            ChatTemplates templates) {
        LlamaConfig config = generator.executor().config();
        AdapterRoom room = new AdapterRoom(properties.adapterMemory().toBytes(), pinned);
        return new LoadedBase(
                digest,
                generator,
                meters,
                head,
                properties.chosenPrecision(),
                templates,
                new ResidentAdapters(generator.adapters(), config, room, folders),
                properties.running());
    }
}
