package dev.paddock.llama.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;

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
    @TempDir
    Path folder;

    @Test
    void aKeptOneIsTakenWhereItIsOfThisMachine() throws Exception {
        Calibration kept = new Calibration(7, Map.of(ScalarType.FLOAT32, Map.of(Work.PRODUCTS, 1e-12)), 2, "here");
        Path file = folder.resolve("calibration.json");
        Files.writeString(file, JsonMapper.shared().writeValueAsString(kept));
        assertThat(new CalibrationFile(file).get("here", 2, List.of(ScalarType.FLOAT32)))
                .isEqualTo(kept);
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
