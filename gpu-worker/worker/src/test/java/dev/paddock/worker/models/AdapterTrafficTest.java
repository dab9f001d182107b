package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Many more adapters than memory has room for, asked for by several callers at once. */
@Timeout(300)
final class AdapterTrafficTest {
    private static final int ADAPTERS = 200;
    private static final int ROOM = 8;
    private static final int CALLERS = 4;
    private static final int CALLS = 100;

    @TempDir
    Path temporary;

    private FolderArtifactStore store;
    private ModelPool pool;
    private String base;

    @BeforeEach
    void start() throws IOException {
        store = new FolderArtifactStore(temporary.resolve("store"));
        base = TestModels.base(store, temporary.resolve("base"), "base");
        pool = TestPools.of(store, temporary.resolve("cache"), ROOM);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void everyAnswerIsThatOfItsAdapterAloneAndPinnedOnesStay() throws Exception {
        List<String> adapters = adapters(ADAPTERS);
        List<List<Integer>> alone = alone(adapters);
        assertThat(Set.copyOf(alone)).as("different answers").hasSizeGreaterThan(ADAPTERS / 4);
        pool.lease(base, null).close();
        long bare = loaded().residentBytes();
        Set<String> pinned = Set.of(adapters.get(7), adapters.get(150));
        pool.pinned(pinned);
        for (String adapter : pinned) {
            pool.preload(base, adapter);
        }
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> calls = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Random random = new Random(caller);
            calls.add(callers.submit(() -> {
                for (int call = 0; call < CALLS; call++) {
                    int which = random.nextBoolean() ? random.nextInt(ADAPTERS) : random.nextInt(ROOM);
                    assertThat(Answer.of(pool, base, adapters.get(which))).isEqualTo(alone.get(which));
                    LoadedModel now = loaded();
                    assertThat(now.adapters()).containsAll(pinned).hasSizeLessThanOrEqualTo(ROOM);
                    assertThat(now.residentBytes() - bare).isLessThanOrEqualTo((long) ROOM * TestPools.ADAPTER);
                }
            }));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        callers.shutdown();
    }

    /** Each adapter's answer where nothing else is in memory or computed. */
    private List<List<Integer>> alone(List<String> adapters) {
        ModelPool single = TestPools.of(store, temporary.resolve("single"), 1);
        try {
            return adapters.stream()
                    .map(adapter -> Answer.of(single, base, adapter))
                    .toList();
        } finally {
            single.close();
        }
    }

    @Test
    void whereAllAreInUseTheNextIsRefusedAndServedOnceOneIsGivenBack() throws IOException {
        List<String> adapters = adapters(ROOM + 1);
        List<ModelLease> leases = new ArrayList<>();
        for (String adapter : adapters.subList(0, ROOM)) {
            leases.add(pool.lease(base, adapter));
        }
        assertThatThrownBy(() -> pool.lease(base, adapters.get(ROOM))).isInstanceOf(AdaptersInUseException.class);
        assertThat(loaded().adapters()).containsExactlyInAnyOrderElementsOf(adapters.subList(0, ROOM));
        leases.remove(3).close();
        try (ModelLease lease = pool.lease(base, adapters.get(ROOM))) {
            assertThat(lease.adapter()).isEqualTo(adapters.get(ROOM));
            assertThat(loaded().adapters()).hasSize(ROOM).doesNotContain(adapters.get(3));
        }
        leases.forEach(ModelLease::close);
    }

    @Test
    void whatIsDeployedPushesNothingOutAndIsServedFromTheWorkersDisk() throws IOException {
        List<String> adapters = adapters(ROOM + 1);
        for (String adapter : adapters) {
            pool.preload(base, adapter);
            pool.preload(base, adapter);
        }
        assertThat(loaded().adapters()).containsExactlyInAnyOrderElementsOf(adapters.subList(0, ROOM));
        assertThat(temporary.resolve("cache/artifacts").resolve(new Digest(adapters.get(ROOM)).hex()))
                .isDirectory();
        FileSystemUtils.deleteRecursively(temporary.resolve("store"));
        assertThat(Answer.of(pool, base, adapters.get(ROOM))).isNotEmpty();
        assertThat(loaded().adapters()).contains(adapters.get(ROOM)).doesNotContain(adapters.get(0));
    }

    @Test
    void whatIsNoAdapterTakesNoRoomAndDisturbsNobody() throws IOException {
        List<String> adapters = adapters(1);
        List<Integer> answer = Answer.of(pool, base, adapters.get(0));
        for (int i = 0; i < 2 * ROOM; i++) {
            assertThatThrownBy(() -> pool.lease(base, base))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                            .isEqualTo(ServingProblem.MALFORMED_ARTIFACT));
        }
        assertThat(Answer.of(pool, base, adapters.get(0))).isEqualTo(answer);
        assertThat(loaded().adapters()).containsExactly(adapters.get(0));
    }

    private List<String> adapters(int count) throws IOException {
        List<String> adapters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            adapters.add(TestModels.adapter(store, temporary.resolve("adapter-" + i), i));
        }
        return adapters;
    }

    private LoadedModel loaded() {
        return pool.loaded().get(0);
    }
}
