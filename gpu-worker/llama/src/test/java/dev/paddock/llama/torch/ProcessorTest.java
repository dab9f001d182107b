package dev.paddock.llama.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void nameAndTellingFeaturesOfX86() {
        Processor processor = Processor.of(
                List.of(
                        "processor\t: 0",
                        "model name\t: Xeon 8488C",
                        "flags\t\t: fpu avx512f avx2 amx_bf16 sse2",
                        "processor\t: 1",
                        "model name\t: Xeon 8488C"),
                "amd64");
        assertThat(processor).isEqualTo(new Processor("Xeon 8488C", List.of("amx_bf16", "avx2", "avx512f")));
        assertThat(processor.describe()).isEqualTo("Xeon 8488C (amx_bf16 avx2 avx512f)");
    }

    @Test
    void theArchitectureWhereTheSystemSaysNoName() {
        Processor arm = Processor.of(List.of("processor\t: 0", "Features\t: fp asimd i8mm bf16"), "aarch64");
        assertThat(arm.describe()).isEqualTo("aarch64 (bf16 i8mm)");
        assertThat(Processor.of(List.of(), "amd64").describe()).isEqualTo("amd64");
    }

    @Test
    void thisMachineSaysSomething() {
        assertThat(Processor.ofThisMachine().describe()).isNotBlank();
    }
}
