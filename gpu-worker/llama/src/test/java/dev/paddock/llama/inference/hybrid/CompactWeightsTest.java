package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.quantization.Nf4Folder;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default base takes in 4 bits, of which no whole copy in other numbers is held. */
class CompactWeightsTest {
    @TempDir
    private Path folder;

    /** NF4's embedding, which is the output too and a fifth of so small a model, stays in bfloat16, as bitsandbytes has it. */
    @ParameterizedTest
    @CsvSource({"Q4_0,0.40", "Q4_1,0.40", "NF4,0.48"})
    void fourBitsTakeSoMuchOfBfloat16(String form, double most) throws IOException {
        ExecutorOptions options = new ExecutorOptions(Precision.BF16, 2, true, true, false);
        try (WeightSource source = ModelFiles.open(in(form));
                Executor executor = Executors.of(source, options)) {
            long bfloat16 = source.names().stream()
                    .mapToLong(name -> source.info(name).elements() * Short.BYTES)
                    .sum();
            System.out.printf(
                    "%s: %d of %d bytes: %.3f%n",
                    form, executor.weightBytes(), bfloat16, (double) executor.weightBytes() / bfloat16);
            assertThat(executor.weightBytes()).isLessThanOrEqualTo((long) (most * bfloat16));
            assertThat(executor.weightBytes()).isGreaterThanOrEqualTo(Executors.bytes(source, options) / 2);
        }
    }

    private Path in(String form) throws IOException {
        if (!form.equals("NF4")) {
            return DefaultBase.as(GgufType.valueOf(form), folder);
        }
        Path base = DefaultBase.require();
        Path written = Files.createDirectory(folder.resolve("nf4"));
        try (WeightSource source = ModelFiles.open(base)) {
            Nf4Folder.write(source, base, written, () -> {});
        }
        return written;
    }
}
