package dev.paddock.llama.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kernels.Rows;
import dev.paddock.llama.inference.vector.AdapterMemory.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdapterMemoryTest {
    private static final long BLOCK_BYTES = 4L * AdapterMemory.BLOCK * AdapterMemory.PAGE;

    private final AdapterMemory memory = new AdapterMemory();

    /** Rooms of one adapter and what was written to them. */
    private record Held(Share share, float mark, List<Rows> rooms) {}

    @Test
    void whateverComesAndGoesNobodyWritesIntoAnother() {
        Random random = new Random(5);
        Map<Integer, Held> adapters = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            Held left = adapters.remove(random.nextInt(4));
            if (left != null) {
                left.share().free();
            }
            Held came = held(i, random);
            adapters.merge(random.nextInt(4), came, (old, one) -> {
                old.share().free();
                return one;
            });
            adapters.values().forEach(AdapterMemoryTest::assertWhole);
        }
    }

    private Held held(int mark, Random random) {
        Held held = new Held(memory.new Share(), mark, new ArrayList<>());
        for (int i = 0; i < 5; i++) {
            int size = 1 + random.nextInt((random.nextInt(8) == 0 ? 3 : 1) * AdapterMemory.PAGE);
            Rows room = held.share().take(1, size);
            Arrays.fill(room.values(), room.first(), room.first() + size, mark);
            held.rooms().add(room);
        }
        return held;
    }

    private static void assertWhole(Held held) {
        for (Rows room : held.rooms()) {
            for (int i = room.first(); i < room.at(1); i++) {
                if (room.values()[i] != held.mark()) {
                    throw new AssertionError(held.mark() + " was overwritten by " + room.values()[i]);
                }
            }
        }
    }

    @Test
    void theNextAdapterTakesThePlaceOfTheOneThatLeft() {
        for (int i = 0; i < 100; i++) {
            Share share = memory.new Share();
            for (int matrix = 0; matrix < AdapterMemory.BLOCK; matrix++) {
                share.take(1, AdapterMemory.PAGE - matrix);
            }
            share.free();
        }
        assertThat(memory.bytes()).isEqualTo(BLOCK_BYTES);
    }

    @Test
    void aMatrixOfSeveralPagesIsInOnePieceAndOneAboveABlockIsTheCollectors() {
        Share share = memory.new Share();
        share.take(1, 1);
        Rows wide = share.take(AdapterMemory.BLOCK - 1, AdapterMemory.PAGE);
        assertThat(wide.at(wide.stride() == AdapterMemory.PAGE ? AdapterMemory.BLOCK - 1 : 0))
                .isLessThanOrEqualTo(wide.values().length);
        assertThat(memory.bytes()).isEqualTo(BLOCK_BYTES);
        Rows huge = share.take(AdapterMemory.BLOCK + 1, AdapterMemory.PAGE);
        assertThat(huge.values()).hasSize((AdapterMemory.BLOCK + 1) * AdapterMemory.PAGE);
        assertThat(memory.bytes()).isEqualTo(BLOCK_BYTES);
    }
}
