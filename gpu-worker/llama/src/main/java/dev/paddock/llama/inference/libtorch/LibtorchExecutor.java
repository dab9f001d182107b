package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.adapter.JoinedAdapter;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.AdapterIntake;
import dev.paddock.llama.inference.CacheSource;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.OpenSequences;
import dev.paddock.llama.inference.Pooling;
import dev.paddock.llama.inference.PreparedAdapter;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.UnknownAdapterException;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a model in libtorch: whole layers inside one TorchScript call, adapters unmerged beside the shared weights. */
public final class LibtorchExecutor implements Executor {
    private final LlamaConfig config;
    private final ScalarType type;
    private final ScalarType cacheType;
    private final ScriptModule script;
    private final DecoderTensors weights;
    private final AdapterSet adapters = new AdapterSet();
    private final OpenSequences<CachedSequence> sequences = new OpenSequences<>();

    /** Reads the weights, which are not needed afterwards. */
    public LibtorchExecutor(WeightSource source, Precision precision) {
        this(source, precision, false);
    }

    /**
     * Reads the weights, which are not needed afterwards.
     *
     * @param compactCache whether keys and values are kept in 8 bits rather than in the numbers that are computed
     */
    public LibtorchExecutor(WeightSource source, Precision precision, boolean compactCache) {
        this(source.config(), precision.type(), compactCache, script -> new ResidentTensors(source, script, precision));
    }

    /** Takes the weights from another executor of the model matrix by matrix, and computes in their numbers. */
    public LibtorchExecutor(LlamaConfig config, SharedWeights weights, boolean compactCache) {
        this(config, weights.type(), compactCache, script -> new SharedTensors(config, weights, script));
    }

    private LibtorchExecutor(
            LlamaConfig config, ScalarType type, boolean compactCache, Function<ScriptModule, DecoderTensors> weights) {
        this.config = config;
        this.type = type;
        cacheType = compactCache ? ScalarType.INT8 : type;
        script = ScriptModule.load(DecoderScript.of(config, ProcessorFeatures.hasOneDnn(type)));
        try {
            this.weights = weights.apply(script);
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public long weightBytes() {
        return weights.bytes() + adapters.bytes();
    }

    @Override
    public long cacheBytesPerToken() {
        long scales = cacheType == ScalarType.INT8 ? (long) config.keyValueHeads() * Float.BYTES : 0;
        return 2L * config.layers() * ((long) config.keyValueSize() * cacheType.bytes() + scales);
    }

    @Override
    public PreparedAdapter prepare(AdapterSource adapter) {
        return AdapterIntake.take(new JoinedAdapter(adapter, config, weights::rows), List.of(intake()));
    }

    /** Takes a copy of an adapter of this model into libtorch's memory. */
    public AdapterIntake intake() {
        AdapterTensors tensors = new AdapterTensors(script, type, weights);
        return new AdapterIntake(
                tensors::add,
                () -> new PreparedAdapter(tensors.bytes(), name -> adapters.add(name, tensors), tensors::close),
                tensors::close);
    }

    @Override
    public void unloadAdapter(String name) {
        sequences.requireUnused(name);
        adapters.remove(name);
    }

    @Override
    public Set<String> adapters() {
        return adapters.names();
    }

    @Override
    public long open(@Nullable String adapter, int capacity) {
        if (adapter != null && !adapters.names().contains(adapter)) {
            throw new UnknownAdapterException(adapter);
        }
        TensorScope own = TensorScope.open();
        try {
            return sequences.add(new CachedSequence(config, adapter, capacity, script, cacheType, own));
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    @Override
    public long fork(long sequence, int tokens, int capacity) {
        CachedSequence parent = sequences.find(sequence);
        parent.checkBeginning(tokens);
        long id = open(parent.adapter(), capacity);
        try {
            begin(sequences.find(id), parent, tokens);
        } catch (RuntimeException | Error e) {
            release(id);
            throw e;
        }
        return id;
    }

    private void begin(CachedSequence child, CachedSequence parent, int tokens) {
        child.checkRoom(tokens);
        script.run("begin", child.numbers(), parent.numbers(), tokens);
        script.run("begin", child.scales(), parent.scales(), tokens);
        child.grow(tokens);
    }

    @Override
    public void truncate(long sequence, int tokens) {
        sequences.find(sequence).truncate(tokens);
    }

    @Override
    public void release(long sequence) {
        sequences.remove(sequence).close();
    }

    @Override
    public List<StepOutput> run(List<StepInput> batch) {
        StepLayout layout = new StepLayout(batch, sequences::find);
        adapters.use(layout.adapters());
        try (TensorScope step = TensorScope.open()) {
            NDArray acted = layout.acted(step, adapters::routed);
            StepResults results = new StepResults(weights, step, weights.decode(step, layout, adapters, acted));
            Map<Long, List<float[]>> logits = results.logits(layout.answering());
            Map<Long, List<TokenScore>> scores = results.scores(layout.scoring());
            Map<Long, List<float[]>> routes = layout.routes(Tensors.toFloats(acted), adapters::routed);
            layout.segments()
                    .forEach(segment -> segment.sequence().grow(segment.input().tokens().length));
            return batch.stream()
                    .map(StepInput::sequence)
                    .map(id -> new StepOutput(
                            logits.getOrDefault(id, List.of()),
                            scores.getOrDefault(id, List.of()),
                            routes.getOrDefault(id, List.of())))
                    .toList();
        }
    }

    @Override
    public float[] project(DocumentBatch batch, LinearHead head) {
        adapters.use(Stream.ofNullable(batch.adapter()).toList());
        return new DocumentPass(batch, config).run(script, weights, adapters, head);
    }

    @Override
    public float[] vectors(DocumentBatch batch, Pooling pooling) {
        adapters.use(Stream.ofNullable(batch.adapter()).toList());
        return new DocumentPass(batch, config).vectors(script, weights, adapters, pooling);
    }

    /**
     * Appends keys and values that another executor computed for the same model and adapter.
     *
     * @param tokens how many; they must fit the sequence's capacity
     */
    public void append(long sequence, int tokens, CacheSource source) {
        CachedSequence to = sequences.find(sequence);
        to.checkRoom(tokens);
        float[] keys = new float[Math.multiplyExact(tokens, config.keyValueSize())];
        float[] values = new float[keys.length];
        try (TensorScope rows = TensorScope.open()) {
            for (int layer = 0; layer < config.layers(); layer++) {
                source.read(layer, keys, values);
                long[] shape = {tokens, config.keyValueHeads(), config.headSize()};
                script.run(
                        "append",
                        to.numbers(),
                        to.scales(),
                        layer,
                        to.length(),
                        Tensors.floats(rows, keys, shape),
                        Tensors.floats(rows, values, shape));
            }
        }
        to.grow(tokens);
    }

    /** Keys and values of a sequence's tokens from {@code first} on. */
    public CacheSource cache(long sequence, int first) {
        CachedSequence from = sequences.find(sequence);
        return (layer, keys, values) -> {
            try (TensorScope rows = TensorScope.open()) {
                float[] both = script.tensor(rows, "cached", from.numbers(), from.scales(), layer, first, from.length())
                        .toFloatArray();
                System.arraycopy(both, 0, keys, 0, both.length / 2);
                System.arraycopy(both, both.length / 2, values, 0, both.length / 2);
            }
        };
    }

    @Override
    public void close() {
        sequences.ids().forEach(this::release);
        adapters.close();
        weights.close();
        script.close();
    }
}
