package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.objective.AnswerScore;
import dev.paddock.llama.training.objective.BatchLoss;
import dev.paddock.llama.training.objective.Dpo;
import dev.paddock.llama.training.objective.Ipo;
import dev.paddock.llama.training.objective.Kto;
import dev.paddock.llama.training.objective.Objective;
import dev.paddock.llama.training.objective.Orpo;
import dev.paddock.llama.training.objective.ScoredComparison;
import dev.paddock.llama.training.objective.SimPo;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loss and gradient of a whole step in fp32: against transformers and PEFT by autograd, and against differences. */
class PreferenceGradientTest {
    private static final Map<String, Objective> OBJECTIVES = Map.of(
            "dpo", new Dpo(0.25, 0),
            "ipo", new Ipo(0.25),
            "simpo", new SimPo(0.25, 0.6, 0),
            "orpo", new Orpo(0.4));

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static TrainingSettings settings(int length) {
        return new TrainingSettings(
                1, 8, length, true, 1, new LearningRate(1e-9, 0, 0), AdamW.DEFAULT, 0, 1, ScalarType.FLOAT32);
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(PreferenceGradientTest.class.getResource(name))
                .toURI());
    }

    @Test
    void transformersAndPeftGiveTheSame() throws Exception {
        LoraSettings lora = new LoraSettings(
                2, 6, 0, Set.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.O_PROJ, Projection.DOWN_PROJ), true);
        LoraAdapter adapter = PeftAdapter.read(
                Objects.requireNonNull(resource("peft/adapter_config.json").getParent()));
        JsonNode figures =
                JsonMapper.shared().readTree(resource("preference/model.json").toFile());
        for (Map.Entry<String, Objective> objective : OBJECTIVES.entrySet()) {
            try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                    TrainingSession session = new TrainingSession(
                            base,
                            Adaptation.lora(lora),
                            settings(64),
                            new Lessons.Comparisons(pairs(figures), objective.getValue()))) {
                session.measureReference(() -> false);
                session.load(adapter);
                JsonNode expected = figures.path("objectives").path(objective.getKey());
                float[] gradient = new float[(int) session.model().parameters().size()];
                double loss = session.gradient(1, gradient);
                assertThat(loss).isCloseTo(expected.path("loss").asDouble(), within(1e-4));
                assertGradient(objective.getKey(), new AdapterLayout(base.config(), lora).adapter(gradient), expected);
            }
        }
    }

    private static void assertGradient(String what, LoraAdapter gradient, JsonNode expected) {
        double norm = expected.path("norm").asDouble();
        gradient.updates().forEach((target, update) -> {
            String path = target.projection().path(target.layer());
            assertTensor(
                    what + " " + path, update.a(), expected.path("gradients").path(path + ".lora_A.weight"), norm);
            assertTensor(
                    what + " " + path, update.b(), expected.path("gradients").path(path + ".lora_B.weight"), norm);
        });
    }

    /** Norm, first four elements and sum, within a ten-thousandth of the whole gradient's norm. */
    private static void assertTensor(String what, float[] actual, JsonNode expected, double norm) {
        double square = 0;
        double sum = 0;
        for (float value : actual) {
            square += value * (double) value;
            sum += value;
        }
        assertThat(Math.sqrt(square)).as(what).isCloseTo(expected.path("norm").asDouble(), within(1e-4 * norm));
        assertThat(sum).as(what).isCloseTo(expected.path("sum").asDouble(), within(1e-4 * norm));
        for (int i = 0; i < 4; i++) {
            assertThat((double) actual[i])
                    .as(what)
                    .isCloseTo(expected.path("first").path(i).asDouble(), within(1e-4 * norm));
        }
    }

    private static List<PreferenceExample> pairs(JsonNode figures) {
        return IntStream.range(0, figures.path("prompts").size())
                .mapToObj(
                        i -> new PreferenceExample(answer(figures, "chosen", i), answer(figures, "rejected", i), true))
                .toList();
    }

    private static TrainingExample answer(JsonNode figures, String kind, int row) {
        JsonNode prompt = figures.path("prompts").path(row);
        int[] tokens = Stream.concat(
                        prompt.valueStream(), figures.path(kind).path(row).valueStream())
                .mapToInt(JsonNode::intValue)
                .toArray();
        return TrainingExample.answer(tokens, prompt.size());
    }

    static Stream<Objective> all() {
        return Stream.concat(
                OBJECTIVES.values().stream(), Stream.of(new Dpo(0.5, 0.2), new FixedPoint(new Kto(0.3, 1.5, 0.8))));
    }

    /** KTO at a given reference point, through which no gradient goes. */
    private record FixedPoint(Kto kto) implements Objective {
        @Override
        public boolean learnsFromSecond() {
            return false;
        }

        @Override
        public double reward(AnswerScore answer) {
            return kto.reward(answer);
        }

        @Override
        public boolean needsReference() {
            return true;
        }

        @Override
        public BatchLoss loss(List<ScoredComparison> batch) {
            AnswerScore unrelated = new AnswerScore(-6, -7.5, 4);
            return kto.loss(batch.stream()
                    .map(row -> new ScoredComparison(row.first(), unrelated, row.desirable()))
                    .toList());
        }
    }

    /** Central differences along the gradient itself, within 1 %. */
    @ParameterizedTest
    @MethodSource("all")
    void differencesOfTheLossAgree(Objective objective) {
        LlamaConfig config = RandomModel.config(true, false);
        Random random = new Random(3);
        List<PreferenceExample> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(new PreferenceExample(
                    Examples.random(random, 8 + i, 3, config.vocabularySize()),
                    Examples.random(random, 12 - i, 3, config.vocabularySize()),
                    i % 2 == 0));
        }
        try (TensorScope scope = TensorScope.open();
                TrainingSession session = new TrainingSession(
                        new RandomModel(config, 1),
                        Adaptation.lora(LoraSettings.of(3, 6)),
                        settings(40),
                        new Lessons.Comparisons(rows, objective))) {
            session.measureReference(() -> false);
            FlatParameters parameters = session.model().parameters();
            float[] values = new float[(int) parameters.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.1 * random.nextGaussian());
            }
            set(scope, parameters, values);
            float[] gradient = new float[values.length];
            session.gradient(1, gradient);
            double norm = norm(gradient);
            double up = session.gradient(1, moved(scope, parameters, values, gradient, 3e-3 / norm));
            double down = session.gradient(1, moved(scope, parameters, values, gradient, -3e-3 / norm));
            assertThat((up - down) / 6e-3).as(objective.toString()).isCloseTo(norm, within(norm * 1e-2));
        }
    }

    private static double norm(float[] values) {
        double square = 0;
        for (float value : values) {
            square += value * (double) value;
        }
        return Math.sqrt(square);
    }

    private static void set(TensorScope scope, FlatParameters parameters, float[] values) {
        Tensors.copyRows(parameters.values(), 0, Tensors.floats(scope, values, values.length));
    }

    /** Moves the parameters from their values along a direction; returns room for another gradient. */
    private static float[] moved(
            TensorScope scope, FlatParameters parameters, float[] values, float[] direction, double step) {
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (values[i] + step * direction[i]);
        }
        set(scope, parameters, moved);
        return moved;
    }

    @Test
    void atTheFirstStepThePolicyIsTheReferenceToTheBit() {
        LlamaConfig config = RandomModel.config(true, false);
        Random random = new Random(3);
        List<PreferenceExample> rows = IntStream.range(0, 9)
                .mapToObj(i -> new PreferenceExample(
                        Examples.random(random, 9, 3, config.vocabularySize()),
                        Examples.random(random, 7, 3, config.vocabularySize()),
                        true))
                .toList();
        try (TrainingSession session = new TrainingSession(
                new RandomModel(config, 1),
                Adaptation.lora(LoraSettings.of(3, 6)),
                settings(40),
                new Lessons.Comparisons(rows, new Dpo(0.1, 0)))) {
            session.measureReference(() -> false);
            for (ScoredComparison row : session.scores(1)) {
                assertThat(row.first().policy()).isEqualTo(row.first().reference());
                assertThat(row.second().policy()).isEqualTo(row.second().reference());
            }
            assertThat(session.step(1).loss()).isCloseTo(Math.log(2), within(1e-12));
        }
    }
}
