package dev.paddock.benchmarks;

import dev.paddock.benchmarks.Figure.Peer;
import dev.paddock.benchmarks.peer.PeerProcess;
import dev.paddock.llama.training.PeakMemory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two sides by turns, so that a machine that slows down slows both: one round of each to warm up, then pairs. The figures are
 * medians, the ratio the median of the pairs' ratios.
 */
public final class PairedRounds {
    private PairedRounds() {}

    /**
     * Measures both sides.
     *
     * @param peer null where only ours is measured
     */
    public static Figure run(String name, String unit, Bench bench, Round ours, @Nullable PeerProcess peer) {
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair <= bench.pairs(); pair++) {
            bench.progress().at(pair == 0 ? name + ": warming up" : name, pair, bench.pairs());
            double mine = ours.measure();
            double other = peer == null ? 0 : peer.measure();
            if (pair > 0) {
                our.add(mine);
                their.add(other);
                ratios.add(mine / other);
            }
        }
        return peer == null
                ? new Figure(name, median(our), unit, null, null, null)
                : new Figure(name, median(our), unit, new Peer(peer.name(), median(their)), median(ratios), null);
    }

    /** Most memory that this process and the peer's have had resident, in bytes. */
    public static Figure peakMemory(String benchmark, @Nullable PeerProcess peer) {
        return Figure.once(
                benchmark + "-peak-memory",
                (double) PeakMemory.bytes(),
                "bytes",
                peer == null ? null : peer.peakMemory());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
