package dev.paddock.llama.inference.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.torch.ScalarType;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProcessorFeaturesTest {
    @Test
    void bfloat16IsReadFromTheFlags() {
        assertThat(hasBfloat16("model name\t: a", "flags\t\t: fpu avx512f amx_bf16 sse"))
                .isTrue();
        assertThat(hasBfloat16("Features\t: fp asimd bf16 i8mm")).isTrue();
        assertThat(hasBfloat16("bugs\t: bf16", "flags\t: fpu avx512f avx512_vnni"))
                .isFalse();
    }

    private static boolean hasBfloat16(String... lines) {
        return ProcessorFeatures.hasBfloat16(ProcessorFeatures.of(Stream.of(lines)));
    }

    @Test
    void eightBitsMultiplyWhereTheirSumsCannotOverflow() {
        assertThat(ProcessorFeatures.hasEightBitProducts(Set.of("avx512f", "avx512_vnni")))
                .isTrue();
        assertThat(ProcessorFeatures.hasEightBitProducts(Set.of("avx2", "avx_vnni")))
                .isTrue();
        assertThat(ProcessorFeatures.hasEightBitProducts(Set.of("avx2", "avx512bw")))
                .isFalse();
    }

    @Test
    void oneDnnMultipliesInBfloat16WhereVectorsAreOf512Bits() {
        Set<String> wide = Set.of("avx2", "avx512f", "avx512bw", "avx512vl", "avx512dq");
        assertThat(ProcessorFeatures.hasOneDnn(ScalarType.BFLOAT16, "amd64", wide))
                .isTrue();
        assertThat(ProcessorFeatures.hasOneDnn(ScalarType.BFLOAT16, "amd64", Set.of("avx2")))
                .isFalse();
        assertThat(ProcessorFeatures.hasOneDnn(ScalarType.FLOAT32, "amd64", Set.of("avx2")))
                .isTrue();
        assertThat(ProcessorFeatures.hasOneDnn(ScalarType.FLOAT32, "aarch64", Set.of("bf16")))
                .isFalse();
    }
}
