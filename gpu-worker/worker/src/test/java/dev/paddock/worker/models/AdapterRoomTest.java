package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves and who stays, without a model. */
final class AdapterRoomTest {
    private final Set<String> pinned = new HashSet<>();

    @Test
    void theOneLongestUnusedLeavesFirst() {
        AdapterRoom room = new AdapterRoom(30, pinned::contains);
        for (String name : List.of("a", "b", "c")) {
            assertThat(room.take(name, 10)).isEmpty();
            assertThat(room.use(name)).as("before it is there").isFalse();
            room.fill(name);
            room.done(name);
        }
        assertThat(room.use("a")).isTrue();
        room.done("a");
        assertThat(room.take("d", 15)).containsExactly("b", "c");
        assertThat(room.use("b")).isFalse();
        assertThat(room.free()).isEqualTo(5);
    }

    @Test
    void whatIsInUseOrPinnedStaysAndTheRefusalSaysWhatHelps() {
        AdapterRoom room = new AdapterRoom(30, pinned::contains);
        pinned.add("pinned");
        room.take("pinned", 10);
        room.done("pinned");
        room.take("used", 10);
        assertThatThrownBy(() -> room.take("large", 20))
                .isInstanceOf(AdaptersInUseException.class)
                .hasMessageContaining("20 bytes")
                .hasMessageContaining("paddock.serving.adapter-memory");
        room.done("used");
        assertThat(room.take("large", 20)).containsExactly("used");
        assertThatThrownBy(() -> room.take("huge", 21))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ServingProblem.MODEL_MEMORY))
                .hasMessageContaining("pinned ones hold 10 of 30");
        assertThatThrownBy(() -> room.done("used")).hasMessageContaining("was not in use");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomTrafficNeverPassesTheBoundNorUnloadsWhatIsNeeded(long seed) {
        Random random = new Random(seed);
        AdapterRoom room = new AdapterRoom(100, pinned::contains);
        Map<String, Long> inside = new HashMap<>();
        List<String> uses = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String name = "adapter-" + random.nextInt(200);
            if (random.nextInt(20) == 0) {
                pinned.clear();
                pinned.add(name);
            }
            if (!uses.isEmpty() && random.nextBoolean()) {
                room.done(uses.remove(random.nextInt(uses.size())));
            } else if (room.use(name)) {
                assertThat(inside).containsKey(name);
                uses.add(name);
            } else {
                come(room, name, 1 + random.nextInt(25), inside, uses);
            }
            long bytes = inside.values().stream().mapToLong(Long::longValue).sum();
            assertThat(room.free()).isEqualTo(100 - bytes).isNotNegative();
        }
    }

    private void come(AdapterRoom room, String name, long bytes, Map<String, Long> inside, List<String> uses) {
        try {
            List<String> left = room.take(name, bytes);
            assertThat(left).noneMatch(uses::contains).noneMatch(pinned::contains);
            room.fill(name);
            left.forEach(inside::remove);
            inside.put(name, bytes);
            uses.add(name);
        } catch (ProblemException full) {
            Set<String> staying = new HashSet<>(uses);
            inside.keySet().stream().filter(pinned::contains).forEach(staying::add);
            long taken = staying.stream().mapToLong(inside::get).sum();
            assertThat(taken + bytes).as("what stays and what is to come").isGreaterThan(100);
        }
    }
}
