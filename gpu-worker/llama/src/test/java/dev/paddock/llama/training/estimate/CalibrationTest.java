package dev.paddock.llama.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CalibrationTest {
    /** Seconds for a unit as a processor of two cores has them. */
    private static final Map<Work, Double> RATES = Map.ofEntries(
            Map.entry(Work.PRODUCTS, 8e-13),
            Map.entry(Work.THIN_PRODUCTS, 4e-12),
            Map.entry(Work.WEIGHTS, 2e-10),
            Map.entry(Work.DEQUANTIZED, 3e-10),
            Map.entry(Work.ATTENTION, 1e-10),
            Map.entry(Work.ELEMENTS, 3e-10),
            Map.entry(Work.LOGITS, 2e-9),
            Map.entry(Work.BLOCKS, 5e-4),
            Map.entry(Work.UPDATES, 1e-9),
            Map.entry(Work.UPDATES_8BIT, 8e-9),
            Map.entry(Work.UPDATES_PAGED, 2e-9),
            Map.entry(Work.UPDATES_FACTORED, 5e-9));

    @TempDir
    Path folder;

    @Test
    void aKeptOneIsTakenWhereItIsOfThisMachine() throws Exception {
        Calibration kept = new Calibration(7, Map.of(ScalarType.FLOAT32, RATES), 2, "here");
        Path file = folder.resolve("calibration.json");
        Files.writeString(file, JsonMapper.shared().writeValueAsString(kept));
        assertThat(new CalibrationFile(file).get("here", 2, List.of(ScalarType.FLOAT32)))
                .isEqualTo(kept);
    }

    @Test
    void theProbesTellTheKindsOfWorkApart() {
        for (ScalarType type : List.of(ScalarType.BFLOAT16, ScalarType.FLOAT32)) {
            double[][] rows = Probe.ALL.stream()
                    .map(probe -> probe.amounts(type))
                    .map(amounts -> CalibrationRun.row(amounts, amounts.seconds(RATES)))
                    .toArray(double[][]::new);
            assertThat(CalibrationRun.rates(rows)).allSatisfy((work, rate) -> assertThat(rate)
                    .as("%s in %s", work, type)
                    .isCloseTo(RATES.get(work), withinPercentage(10)));
        }
    }

    @Test
    void oneWithoutAKindOfWorkIsOfAnotherVersion() {
        Calibration old = new Calibration(7, Map.of(ScalarType.FLOAT32, Map.of(Work.PRODUCTS, 1e-12)), 2, "here");
        assertThat(old.isComplete(ScalarType.FLOAT32)).isFalse();
        assertThat(old.isComplete(ScalarType.BFLOAT16)).isFalse();
        assertThat(new Calibration(7, Map.of(ScalarType.FLOAT32, RATES), 2, "here").isComplete(ScalarType.FLOAT32))
                .isTrue();
    }

    @Test
    void theEnginesOwnStepsGiveRates() {
        Adaptation lora = Adaptation.lora(LoraSettings.of(8, 16));
        List<Probe> probes = List.of(
                new Probe(2, 512, 512, 4, 64, lora),
                new Probe(1, 512, 8192, 1, 64, lora),
                new Probe(1, 256, 512, 1, 64, Adaptation.full()),
                new Probe(1, 256, 512, 1, 32, lora));
        Calibration here = new CalibrationRun("here", probes, System::nanoTime).run(List.of(ScalarType.FLOAT32));
        assertThat(here.processBytes()).isGreaterThan(50L << 20);
        assertThat(here.of(ScalarType.FLOAT32))
                .hasSize(Work.values().length)
                .allSatisfy((work, seconds) -> assertThat(seconds).isNotNegative());
        for (Probe probe : probes) {
            double estimated = probe.amounts(ScalarType.FLOAT32).seconds(here.of(ScalarType.FLOAT32));
            assertThat(estimated).isPositive().isLessThan(10);
        }
    }
}
