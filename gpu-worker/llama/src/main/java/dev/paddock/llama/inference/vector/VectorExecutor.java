package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;
import dev.paddock.kernels.Kernels;
import dev.paddock.kernels.KeyValueCache;
import dev.paddock.kernels.Team;
import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.JoinedAdapter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.AdapterIntake;
import dev.paddock.llama.inference.CacheSource;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.ManyRows;
import dev.paddock.llama.inference.OpenSequences;
import dev.paddock.llama.inference.PreparedAdapter;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.UnknownAdapterException;
import dev.paddock.llama.weights.WeightSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model on the JDK's Vector API: made for few rows, such as the next tokens of up to {@value Slice#MOST_ROWS} sequences.
 * More rows are computed too, that many at a time. Weights stay in the file's blocks of 4 or 8 bits; sums are fp32.
 */
public final class VectorExecutor implements Executor {
    private final LlamaConfig config;
    private final DenseKind dense;
    private final CacheType cacheType;
    private final DecoderWeights weights;
    private final Team team;
    private final Decoder decoder;
    private final OutputProduct output;
    private final AdapterMemory memory = new AdapterMemory();
    private final Map<String, AdapterMatrices> adapters = new ConcurrentSkipListMap<>();
    private final OpenSequences<VectorSequence> sequences = new OpenSequences<>();
    private @Nullable ManyRows many;

    /**
     * Reads the weights, which are not needed afterwards; keys and values are held as dense weights are.
     *
     * @param dense how weights are held that are in no blocks the kernels multiply
     * @param threads threads that compute, the caller's among them
     * @throws IllegalStateException where {@link Kernels#available} says no
     */
    public VectorExecutor(WeightSource source, DenseKind dense, int threads) {
        this(source, dense, dense.cacheType(), threads);
    }

    /**
     * Reads the weights, which are not needed afterwards.
     *
     * @param dense how weights are held that are in no blocks the kernels multiply
     * @param cacheType how keys and values are held
     * @param threads threads that compute, the caller's among them
     * @throws IllegalStateException where {@link Kernels#available} says no
     */
    public VectorExecutor(WeightSource source, DenseKind dense, CacheType cacheType, int threads) {
        if (!Kernels.available()) {
            throw new IllegalStateException(
                    "The Vector API is missing; start Java with --add-modules jdk.incubator.vector on a processor with vectors of 256 bits");
        }
        config = source.config();
        this.dense = dense;
        this.cacheType = cacheType;
        weights = DecoderWeights.read(source, dense);
        team = new Team(threads);
        decoder = new Decoder(config, weights, team, this::adapter);
        output = new OutputProduct(weights, config.normEpsilon(), decoder.products());
    }

    /**
     * Computes the products of many rows elsewhere from now on, and closes that in the end. An answer's numbers then hang on how many others
     * share its steps.
     */
    public void take(ManyRows products) {
        many = products;
        decoder.take(products);
        output.take(products);
    }

    /** Bytes of heap that the weights will take. */
    public static long bytes(WeightSource source, DenseKind dense) {
        return source.names().stream()
                .map(source::info)
                .mapToLong(tensor -> MatrixReader.kind(tensor, dense).bytes(tensor.elements()))
                .sum();
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    /** How keys and values are held. */
    public CacheType cacheType() {
        return cacheType;
    }

    @Override
    public long weightBytes() {
        return weights.bytes()
                + (many == null ? 0 : many.bytes())
                + adapters.values().stream().mapToLong(AdapterMatrices::bytes).sum();
    }

    @Override
    public long cacheBytesPerToken() {
        return config.layers() * KeyValueCache.bytesPerToken(cacheType, config.keyValueHeads(), config.headSize());
    }

    @Override
    public PreparedAdapter prepare(AdapterSource adapter) {
        return AdapterIntake.take(joined(adapter), List.of(intake()));
    }

    /** Joins an adapter's updates as this model's products are, for any of its executors; on any thread. */
    public JoinedAdapter joined(AdapterSource adapter) {
        BaseRows base = (layer, projection, row, into) ->
                weights.layers().get(layer).of(projection.group()).row(projection.firstOutput(config) + row, into);
        return new JoinedAdapter(adapter, config, (layer, product) -> base);
    }

    /** Takes an adapter of this model in the kernels' form. */
    public AdapterIntake intake() {
        AdapterMatrices matrices = new AdapterMatrices(memory.new Share());
        Iterator<DecoderLayer> layers = weights.layers().iterator();
        return new AdapterIntake(
                layer -> matrices.add(layer, layers.next()),
                () -> new PreparedAdapter(matrices.bytes(), name -> install(name, matrices), matrices::free),
                matrices::free);
    }

    private void install(String name, AdapterMatrices matrices) {
        free(adapters.put(name, matrices));
    }

    private static void free(@Nullable AdapterMatrices left) {
        if (left != null) {
            left.free();
        }
    }

    @Override
    public void unloadAdapter(String name) {
        sequences.requireUnused(name);
        free(adapters.remove(name));
    }

    @Override
    public Set<String> adapters() {
        return Set.copyOf(adapters.keySet());
    }

    private AdapterMatrices adapter(String name) {
        AdapterMatrices found = adapters.get(name);
        if (found == null) {
            throw new UnknownAdapterException(name);
        }
        return found;
    }

    @Override
    public long open(@Nullable String adapter, int capacity) {
        if (adapter != null) {
            adapter(adapter);
        }
        return sequences.add(new VectorSequence(config, cacheType, adapter, capacity));
    }

    @Override
    public long fork(long sequence, int tokens, int capacity) {
        VectorSequence parent = sequences.find(sequence);
        parent.checkBeginning(tokens);
        long id = open(parent.adapter(), capacity);
        try {
            sequences.find(id).begin(parent, tokens);
        } catch (RuntimeException | Error e) {
            release(id);
            throw e;
        }
        return id;
    }

    @Override
    public void truncate(long sequence, int tokens) {
        sequences.find(sequence).truncate(tokens);
    }

    @Override
    public void release(long sequence) {
        sequences.remove(sequence);
    }

    @Override
    public List<StepOutput> run(List<StepInput> batch) {
        for (StepInput input : batch) {
            checkTokens(input.tokens());
            sequences.find(input.sequence()).reserve(input.tokens().length);
        }
        Answers answers = new Answers(output, batch);
        for (Slice slice : Slice.of(batch, sequences::find)) {
            answers.take(slice, decoder.forward(slice), decoder.acted());
        }
        batch.forEach(input -> sequences.find(input.sequence()).grow(input.tokens().length));
        return answers.outputs();
    }

    private void checkTokens(int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= config.vocabularySize()) {
                throw new IllegalArgumentException(
                        "token %d; the vocabulary has %d".formatted(token, config.vocabularySize()));
            }
        }
    }

    /**
     * Appends keys and values that another executor computed for the same model and adapter.
     *
     * @param tokens how many; they must fit the sequence's capacity
     */
    public void append(long sequence, int tokens, CacheSource source) {
        VectorSequence to = sequences.find(sequence);
        to.reserve(tokens);
        int width = config.keyValueSize();
        float[] keys = new float[Math.multiplyExact(tokens, width)];
        float[] values = new float[keys.length];
        for (int layer = 0; layer < config.layers(); layer++) {
            source.read(layer, keys, values);
            for (int token = 0; token < tokens; token++) {
                to.cache(layer).put(to.length() + token, keys, token * width, values, token * width);
            }
        }
        to.grow(tokens);
    }

    /** The weights for another executor of the same model, which may use them as long as this one is open. */
    public SharedWeights sharedWeights() {
        return new UnpackedWeights(config, weights, decoder.products(), dense, team);
    }

    /** Keys and values of a sequence's tokens from {@code first} on. */
    public CacheSource cache(long sequence, int first) {
        VectorSequence from = sequences.find(sequence);
        int width = config.keyValueSize();
        return (layer, keys, values) -> {
            for (int token = first; token < from.length(); token++) {
                int at = (token - first) * width;
                from.cache(layer).get(token, keys, at, values, at);
            }
        };
    }

    @Override
    public void close() {
        sequences.ids().forEach(this::release);
        adapters.clear();
        team.close();
        if (many != null) {
            many.close();
        }
    }
}
