package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.kernels.Kernels;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.adapter.SavedModule;
import dev.paddock.llama.adapter.SavedTensor;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.hybrid.HybridExecutor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters of every form beside one base, on every executor: each gives the logits of the model that it was trained in. */
class AdapterFormsServedTest {
    private static final RandomModel BASE = new RandomModel(RandomModel.config(false, true), 6);
    private static final int[] TOKENS = {3, 41, 7, 7, 19, 2, 30};

    /** An adapter and the logits after {@link #TOKENS} in the training engine. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Trained(String name, LoraAdapter adapter, float[] logits) {}

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static List<Trained> trained() {
        List<Trained> trained = new ArrayList<>();
        for (AdapterForm form : EnumSet.complementOf(EnumSet.of(AdapterForm.ROUTED))) {
            trained.add(train(
                    form + " everywhere", Adaptation.lora(LoraSettings.of(3, 6).withForm(form))));
            trained.add(train(form + " here and there", Adaptation.lora(sparse(form))));
        }
        LoraSettings pissa = LoraSettings.of(3, 5).withInitialization(Initialization.PISSA);
        trained.add(train("pissa", Adaptation.lora(pissa)));
        trained.add(train("two under gates", Adaptation.gates(RandomAdapters.routing(BASE.config(), 2, 2))));
        trained.add(train("two of four under gates", Adaptation.gates(RandomAdapters.routing(BASE.config(), 4, 2))));
        trained.add(train("one of three under gates", Adaptation.gates(RandomAdapters.routing(BASE.config(), 3, 1))));
        return trained;
    }

    private static LoraSettings sparse(AdapterForm form) {
        return new LoraSettings(
                form,
                2,
                3,
                0,
                Set.of(Projection.K_PROJ, Projection.V_PROJ, Projection.UP_PROJ, Projection.DOWN_PROJ),
                true,
                Set.of(1),
                Map.of("v_proj", 5),
                Map.of("layers.1.mlp.up_proj", 7.0),
                Initialization.DEFAULT);
    }

    private static Trained train(String name, Adaptation adaptation) {
        try (TrainingSession session = session(adaptation);
                TensorScope scope = TensorScope.open()) {
            float[] values = session.model().parameters().values().toFloatArray();
            Random random = new Random(name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.1 * random.nextGaussian());
            }
            Tensors.copyRows(session.model().parameters().values(), 0, Tensors.floats(scope, values, values.length));
            PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(TOKENS))));
            return new Trained(
                    name, session.model().parts().result(), session.logits(batch, new long[] {TOKENS.length - 1}));
        }
    }

    private static TrainingSession session(Adaptation adaptation) {
        return new TrainingSession(BASE, adaptation, TrainingSessionTest.settings(1, 1, 1e-3), Examples.many(2, 4, 50));
    }

    private static Executor executor(String kind) {
        if (kind.equals("libtorch")) {
            return new LibtorchExecutor(BASE, Precision.FP32);
        }
        Assumptions.assumeTrue(Kernels.available(), "vectors of 256 bits are missing");
        VectorExecutor vectors = new VectorExecutor(BASE, DenseKind.FP32, 1);
        return kind.equals("vector")
                ? vectors
                : new HybridExecutor(new LibtorchExecutor(BASE, Precision.FP32), vectors, 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch", "vector", "hybrid"})
    void everyAdapterOfABatchGivesTheLogitsOfItsTraining(String kind) {
        try (Executor executor = executor(kind)) {
            float[] bare = logits(executor, List.of("")).get(0);
            List<Trained> adapters = trained();
            List<String> names = new ArrayList<>();
            for (Trained one : adapters) {
                executor.loadAdapter(one.name(), one.adapter());
                names.addAll(List.of(one.name(), ""));
            }
            List<float[]> together = logits(executor, names);
            for (int i = 0; i < adapters.size(); i++) {
                assertThat(together.get(2 * i))
                        .as(adapters.get(i).name())
                        .containsExactly(adapters.get(i).logits(), within(1e-3f));
                assertThat(together.get(2 * i)).isNotEqualTo(bare);
                assertThat(together.get(2 * i + 1)).as("the bare model").containsExactly(bare, within(1e-5f));
            }
        }
    }

    /** Logits after the tokens, the last one a step of its own, for each of the adapters; "" is the bare model. */
    private static List<float[]> logits(Executor executor, List<String> adapters) {
        return outputs(executor, adapters).stream().map(StepOutput::logits).toList();
    }

    private static List<StepOutput> outputs(Executor executor, List<String> adapters) {
        int[] prompt = Arrays.copyOf(TOKENS, TOKENS.length - 1);
        List<StepInput> prompts = new ArrayList<>();
        List<StepInput> ends = new ArrayList<>();
        for (String adapter : adapters) {
            long sequence = executor.open(adapter.isEmpty() ? null : adapter, 10);
            prompts.add(new StepInput(sequence, prompt, false, null));
            ends.add(new StepInput(sequence, new int[] {TOKENS[TOKENS.length - 1]}, true, null));
        }
        executor.run(prompts);
        List<StepOutput> outputs = executor.run(ends);
        ends.forEach(end -> executor.release(end.sequence()));
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch", "vector", "hybrid"})
    void gatesThatChooseOneAdapterGiveItsLogitsAndSayWhichActed(String kind) {
        LoraAdapter single = RandomAdapters.adapter(BASE.config(), 20, 2, false);
        LoraAdapter other = RandomAdapters.adapter(BASE.config(), 21, 3, false);
        Member member = new Member("single", Path.of("none"), single);
        Member stranger = new Member("other", Path.of("none"), other);
        try (Executor executor = executor(kind)) {
            executor.loadAdapter("single", single);
            executor.loadAdapter("twice", gated(List.of(member, member), 2));
            executor.loadAdapter("mixed", gated(List.of(stranger, member), 1));
            List<StepOutput> outputs = outputs(executor, List.of("twice", "single", "", "mixed"));
            assertThat(outputs.get(0).logits()).containsExactly(outputs.get(1).logits(), within(1e-4f));
            assertThat(outputs.get(3).logits()).isNotEqualTo(outputs.get(1).logits());
            int gates = BASE.config().layers() * Projection.values().length;
            assertThat(sum(outputs.get(0).routing().get(0))).isCloseTo(gates, within(1e-3));
            assertThat(sum(outputs.get(3).routing().get(0))).isCloseTo(gates, within(1e-3));
            assertThat(outputs.get(3).routing().get(0)).hasSize(2).doesNotContain(0);
            assertThat(outputs.get(1).routing()).isEmpty();
            assertThat(outputs.get(2).routing()).isEmpty();
        }
    }

    private static LoraAdapter gated(List<Member> members, int topK) {
        Random random = new Random(5);
        return new Routing(members, topK).under(target -> {
            float[] gate = new float[members.size() * target.projection().inputs(BASE.config())];
            for (int i = 0; i < gate.length; i++) {
                gate[i] = (float) random.nextGaussian();
            }
            return gate;
        });
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch", "vector", "hybrid"})
    void anAdapterThatReplacesNormsIsRefusedWithTheWayOut(String kind) {
        Map<String, SavedTensor> norm = Map.of("model.norm.weight", new SavedTensor(List.of(20L), new float[20]));
        try (Executor executor = executor(kind)) {
            assertThatThrownBy(() -> executor.loadAdapter("norm", new LoraAdapter(Map.of(), norm)))
                    .isInstanceOf(UnsupportedModelException.class)
                    .hasMessageContaining("model.norm.weight")
                    .hasMessageContaining("merge it into its base");
            assertThat(executor.adapters()).isEmpty();
        }
    }

    @Test
    void wholeModulesAreInTheResultAndATiedOutputTwice() {
        RandomModel tied = new RandomModel(RandomModel.config(true, false), 6);
        Adaptation adaptation = Adaptation.lora(LoraSettings.of(2, 4))
                .withModules(Set.of(SavedModule.EMBED_TOKENS, SavedModule.NORM, SavedModule.INPUT_LAYERNORM));
        try (TrainingSession session = new TrainingSession(
                tied, adaptation, TrainingSessionTest.settings(1, 1, 1e-3), Examples.many(2, 4, 50))) {
            assertThat(session.model().parts().result().modules().keySet())
                    .containsExactly(
                            "lm_head.weight",
                            "model.embed_tokens.weight",
                            "model.layers.0.input_layernorm.weight",
                            "model.layers.1.input_layernorm.weight",
                            "model.norm.weight");
        }
    }
}
