package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Weights of an answer's tokens as shares. */
class RoutingSharesTest {
    @Test
    void sharesAreMeansOverTokensAndGates() {
        RoutingShares shares = new RoutingShares();
        shares.add(new float[] {4, 0, 0});
        shares.add(new float[] {1, 2, 1});
        assertThat(shares.values()).containsExactly(0.625, 0.25, 0.125);
    }

    @Test
    void whereNoGateChoseThereAreNone() {
        RoutingShares shares = new RoutingShares();
        shares.add(new float[0]);
        assertThat(shares.values()).isEmpty();
    }
}
