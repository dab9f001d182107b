package dev.paddock.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One figure of a benchmark.
 *
 * @param name its name, for instance {@code training-peak-memory}
 * @param ours the median of our rounds
 * @param unit of all figures here; more is better in {@code tokens/s}, less in {@code bytes}
 * @param peer the other program's, measured in the same run; null where none is installed
 * @param ratio the median, over the pairs of rounds, of ours divided by the peer's
 * @param machineLimit what this machine could reach, measured in the same run; null where nothing bounds it
 */
public record Figure(
        String name,
        double ours,
        String unit,
        @Nullable Peer peer,
        @Nullable Double ratio,
        @Nullable MachineLimit machineLimit) {

    /** Another program and the median of its rounds. */
    public record Peer(String name, double figure) {}

    /** A bound and how it comes about. */
    public record MachineLimit(String what, double figure) {}

    /** A figure that is measured once, of ours alone or of both. */
    public static Figure once(String name, double ours, String unit, @Nullable Peer peer) {
        return new Figure(name, ours, unit, peer, peer == null ? null : ours / peer.figure(), null);
    }

    /** The same with the machine's limit. */
    public Figure within(MachineLimit limit) {
        return new Figure(name, ours, unit, peer, ratio, limit);
    }
}
