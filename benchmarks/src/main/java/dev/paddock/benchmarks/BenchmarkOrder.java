package dev.paddock.benchmarks;

import dev.paddock.benchmarks.peer.PeerSetting;
import dev.paddock.llama.inference.libtorch.Precision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark's process is told.
 *
 * @param benchmark its id
 * @param params its sizes, as JSON values by name; defaults where silent
 * @param model path of the model
 * @param peer where the peers are; null for none
 * @param pairs rounds of each side that count
 * @param threads of one operator
 * @param precision in which both sides compute
 */
public record BenchmarkOrder(
        String benchmark,
        Map<String, Object> params,
        String model,
        @Nullable PeerSetting peer,
        int pairs,
        int threads,
        Precision precision) {
    public BenchmarkOrder {
        params = Map.copyOf(params);
        atLeastOne("pairs", pairs);
        atLeastOne("threads", threads);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new BenchmarkException("%s is %d; it must be 1 or more".formatted(name, value));
        }
    }
}
