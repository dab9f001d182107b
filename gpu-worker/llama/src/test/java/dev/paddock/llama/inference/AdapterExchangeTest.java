package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Adapters come and go between two steps, and nothing of the work is done on the steps' thread. */
@Timeout(60)
final class AdapterExchangeTest {
    private static final String STEPS = "model-steps";
    private static final LoraAdapter ADAPTER = new LoraAdapter(Map.of());
    private final AlphabetTokenizer tokenizer = new AlphabetTokenizer();
    private final AlphabetExecutor executor = new AlphabetExecutor();
    private final Generator generator =
            new Generator(executor, tokenizer, new SchedulerLimits(4, 4, 200, 8), Clock.systemUTC());

    @AfterEach
    void close() {
        executor.steps.release(1000);
        generator.close();
    }

    @Test
    void anAdapterIsPreparedBesideAStepAndInstalledRightBehindIt() throws InterruptedException {
        begin(null);
        Thread loading = new Thread(() -> generator.loadAdapter("hot", ADAPTER), "loading");
        loading.start();
        awaitParked(loading);
        assertThat(executor.preparedOn).containsExactly("loading");
        assertThat(executor.adapters()).isEmpty();
        int before = executor.batchSizes.size();
        executor.steps.release(1);
        loading.join();
        assertThat(executor.adapters()).containsExactly("hot");
        assertThat(executor.installedOn).containsExactly(STEPS);
        assertThat(executor.batchSizes).as("steps that it waited for").hasSize(before + 1);
    }

    @Test
    void anAdapterThatACancelledRequestUsedCanBeDropped() throws InterruptedException {
        generator.loadAdapter("a", ADAPTER);
        Cancellable request = begin("a");
        request.cancel();
        Thread dropping = new Thread(() -> generator.adapters().drop("a"));
        dropping.start();
        awaitParked(dropping);
        executor.steps.release(1);
        dropping.join();
        assertThat(executor.adapters()).isEmpty();
    }

    @Test
    void anAdapterInUseIsNotDropped() throws InterruptedException {
        generator.loadAdapter("a", ADAPTER);
        begin("a");
        Thread dropping = new Thread(() -> generator.adapters().drop("a"));
        dropping.start();
        awaitParked(dropping);
        executor.steps.release(1);
        dropping.join();
        assertThat(executor.adapters()).containsExactly("a");
    }

    @Test
    void whatIsNotInstalledIsFreedAndWhatIsStays() {
        AtomicInteger freed = new AtomicInteger();
        PreparedAdapter broken = new PreparedAdapter(
                1,
                name -> {
                    throw new IllegalArgumentException(name);
                },
                freed::incrementAndGet);
        assertThatThrownBy(() -> generator.adapters().install("x", broken)).hasMessage("x");
        PreparedAdapter unused = new PreparedAdapter(1, name -> {}, freed::incrementAndGet);
        unused.close();
        unused.close();
        assertThat(freed).hasValue(2);
        assertThatThrownBy(() -> unused.install("y")).hasMessageContaining("freed before");
        PreparedAdapter used = new PreparedAdapter(1, name -> {}, freed::incrementAndGet);
        generator.adapters().install("z", used);
        used.close();
        assertThat(freed).hasValue(2);
    }

    @Test
    void aModelThatIsGoneTakesNoAdapter() {
        generator.close();
        assertThatThrownBy(() -> generator.loadAdapter("late", ADAPTER)).hasMessageContaining("was unloaded");
    }

    /** Starts an answer and lets one step pass; the next one is under way then and waits. */
    private Cancellable begin(@Nullable String adapter) throws InterruptedException {
        RecordingListener listener = new RecordingListener();
        Cancellable request = generator.submit(
                new GenerationRequest(
                        tokenizer.encode("a"),
                        adapter,
                        30,
                        SamplingParameters.greedy(),
                        List.of(),
                        Set.of(),
                        -1,
                        1,
                        null),
                listener);
        executor.steps.release(1);
        listener.firstToken.await();
        while (!executor.steps.hasQueuedThreads()) {
            Thread.sleep(1);
        }
        return request;
    }

    private static void awaitParked(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }
}
