package dev.paddock.llama.inference.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProcessorFeaturesTest {
    @Test
    void bfloat16IsReadFromTheFlags() {
        assertThat(ProcessorFeatures.hasBfloat16(Stream.of("model name\t: a", "flags\t\t: fpu avx512f amx_bf16 sse")))
                .isTrue();
        assertThat(ProcessorFeatures.hasBfloat16(Stream.of("Features\t: fp asimd bf16 i8mm")))
                .isTrue();
        assertThat(ProcessorFeatures.hasBfloat16(Stream.of("bugs\t: bf16", "flags\t: fpu avx512f avx512_vnni")))
                .isFalse();
    }
}
