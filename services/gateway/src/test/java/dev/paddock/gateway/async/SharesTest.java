package dev.paddock.gateway.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {
    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Test
    void nobodyHoldsMoreThanTheShareNorAllTogetherMoreThanThereIs() {
        Shares shares = new Shares(10, 6);
        assertThat(shares.take(one, 6)).isTrue();
        assertThat(shares.take(one, 1)).isFalse();
        assertThat(shares.take(other, 5)).isFalse();
        assertThat(shares.take(other, 4)).isTrue();
        shares.giveBack(one, 2);
        assertThat(shares.take(other, 3)).isFalse();
        assertThat(shares.take(other, 2)).isTrue();
        assertThat(shares.take(one, 1)).isFalse();
    }

    @Test
    void whatWasGivenBackIsThereAgain() {
        Shares shares = new Shares(4, 2);
        for (int i = 0; i < 10; i++) {
            assertThat(shares.take(one, 2)).isTrue();
            assertThat(shares.take(other, 2)).isTrue();
            shares.giveBack(one, 2);
            shares.giveBack(other, 2);
        }
    }
}
