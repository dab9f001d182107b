package dev.paddock.worker.models;

import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.drafting.DraftingInput;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a base's files into memory. */
final class BaseLoader {
    private final ServingProperties properties;
    private final SpeculativeSetting speculative;
    private final Function<String, Path> folders;
    private final Clock clock;

    /** @param folders finds the folder of another model by its digest */
    BaseLoader(ServingProperties properties, Function<String, Path> folders, Clock clock) {
        this.properties = properties;
        this.speculative = SpeculativeSetting.of(properties.speculativeConfig());
        this.folders = folders;
        this.clock = clock;
    }

    /** @param makeRoom told the bytes needed before they are taken */
    LoadedBase load(String digest, Path folder, LongConsumer makeRoom) {
        int threads = properties.chosenThreads();
        Libtorch.setThreads(threads);
        try (WeightSource source = ModelFiles.open(folder)) {
            ExecutorOptions options = properties.executor(threads);
            long bytes = Executors.bytes(source, options);
            makeRoom.accept(bytes);
            Tokenizer tokenizer = Tokenizers.of(folder);
            try {
                ChatTemplates templates = ChatTemplates.of(tokenizer);
                DraftingInput drafting =
                        new DraftingInput(digest, tokenizer, folders, options, more -> makeRoom.accept(bytes + more));
                Speculation speculation = speculative.speculation(drafting).orElse(null);
                Generator generator = generator(source, options, tokenizer, speculation);
                return base(digest, generator, templates);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }
    }

    private Generator generator(
            WeightSource source, ExecutorOptions options, Tokenizer tokenizer, @Nullable Speculation speculation) {
        try {
            Executor executor = Executors.of(source, options);
            return new Generator(executor, tokenizer, limits(executor, speculation), speculation, clock);
        } catch (RuntimeException e) {
            if (speculation != null) {
                speculation.drafter().close();
            }
            throw e;
        }
    }

    private SchedulerLimits limits(Executor executor, @Nullable Speculation speculation) {
        long drafts = speculation == null ? 0 : speculation.drafter().cacheBytesPerToken();
        long tokens = properties.cacheMemory().toBytes() / (executor.cacheBytesPerToken() + drafts);
        long cachedTokens = tokens * Generator.KEPT_PART / (Generator.KEPT_PART + 1);
        return new SchedulerLimits(
                properties.waiting(),
                properties.running(),
                Math.max(executor.config().contextLength(), cachedTokens),
                properties.tokensPerStep(),
                properties.tokensBesideAnswers());
    }

    private LoadedBase base(String digest, Generator generator, ChatTemplates templates) {
        return new LoadedBase(
                digest,
                generator,
                properties.chosenPrecision(),
                templates,
                properties.adapters(),
                properties.running());
    }
}
