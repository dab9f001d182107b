package dev.paddock.worker.models;

import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Reads a base's files into memory. */
final class BaseLoader {
    private final ServingProperties properties;
    private final Clock clock;
    private final Function<String, Path> folders;
    private final Predicate<String> pinned;

    /**
     * Reads with these settings.
     *
     * @param folders gives the folder of an adapter's digest
     * @param pinned whether an adapter of that digest stays in memory
     */
    BaseLoader(ServingProperties properties, Clock clock, Function<String, Path> folders, Predicate<String> pinned) {
        this.properties = properties;
        this.clock = clock;
        this.folders = folders;
        this.pinned = pinned;
    }

    /** @param makeRoom told the bytes needed before they are taken */
    LoadedBase load(String digest, Path folder, LongConsumer makeRoom) {
        int threads = properties.chosenThreads();
        Libtorch.setThreads(threads);
        try (WeightSource source = ModelFiles.open(folder)) {
            ExecutorOptions options = properties.executor(threads);
            makeRoom.accept(Executors.bytes(source, options));
            Tokenizer tokenizer = Tokenizers.of(folder);
            try {
                ChatTemplates templates = ChatTemplates.of(tokenizer);
                Executor executor = Executors.of(source, options);
                return base(digest, executor, tokenizer, templates);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }
    }

    private LoadedBase base(String digest, Executor executor, Tokenizer tokenizer, ChatTemplates templates) {
        LlamaConfig config = executor.config();
        long tokens = properties.cacheMemory().toBytes() / executor.cacheBytesPerToken();
        long cachedTokens = tokens * Generator.KEPT_PART / (Generator.KEPT_PART + 1);
        SchedulerLimits limits = new SchedulerLimits(
                properties.waiting(),
                properties.running(),
                Math.max(config.contextLength(), cachedTokens),
                properties.tokensPerStep(),
                properties.tokensBesideAnswers());
        Generator generator = new Generator(executor, tokenizer, limits, clock);
        AdapterRoom room = new AdapterRoom(properties.adapterMemory().toBytes(), pinned);
        return new LoadedBase(
                digest,
                generator,
                properties.chosenPrecision(),
                templates,
                new ResidentAdapters(generator.adapters(), config, room, folders),
                properties.running());
    }
}
