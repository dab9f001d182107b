package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TeamTest {
    @Test
    void everyPartIsDoneOnceInEveryRound() throws InterruptedException {
        try (Team team = new Team(3)) {
            AtomicIntegerArray done = new AtomicIntegerArray(team.parts());
            for (int round = 1; round <= 2000; round++) {
                team.run((part, parts) -> {
                    assertThat(parts).isEqualTo(done.length());
                    done.incrementAndGet(part);
                });
                for (int part = 0; part < done.length(); part++) {
                    assertThat(done.get(part)).isEqualTo(round);
                }
                if (round % 500 == 0) {
                    Thread.sleep(5);
                }
            }
        }
    }

    @Test
    void aFailureOfAnyPartReachesTheCallerAndTheTeamGoesOn() {
        try (Team team = new Team(2)) {
            for (int failing : new int[] {0, 1}) {
                assertThatThrownBy(() -> team.run((part, parts) -> {
                            if (part == failing) {
                                throw new IllegalArgumentException("part " + part);
                            }
                        }))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("part " + failing);
            }
            AtomicIntegerArray done = new AtomicIntegerArray(team.parts());
            team.run((part, parts) -> done.set(part, 1));
            assertThat(done.toString()).isEqualTo("[1, 1, 1, 1]");
        }
    }

    @Test
    void aPartThatTakesLongIsWaitedFor() {
        try (Team team = new Team(2)) {
            AtomicIntegerArray done = new AtomicIntegerArray(team.parts());
            team.run((part, parts) -> {
                sleep(part % 2 == 1 ? 30 : 0);
                done.set(part, 1);
            });
            assertThat(done.toString()).isEqualTo("[1, 1, 1, 1]");
        }
    }

    @Test
    void closeEndsTheThreads() throws InterruptedException {
        Team team = new Team(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        team.run((part, parts) -> {
            sleep(50);
            threads.add(Thread.currentThread());
        });
        team.close();
        team.close();
        threads.remove(Thread.currentThread());
        assertThat(threads).hasSize(1);
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(5).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(() -> team.run((part, parts) -> {})).hasMessageContaining("closed");
        assertThatThrownBy(() -> new Team(0)).hasMessageContaining("size is 0");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
