package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelsTest {
    @Test
    void testsRunWithTheIncubatorModule() {
        assertThat(Kernels.available()).isEqualTo(Lanes.COUNT >= 8);
    }
}
