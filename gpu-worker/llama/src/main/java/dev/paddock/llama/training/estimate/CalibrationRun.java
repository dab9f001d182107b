package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.PeakMemory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures this machine with short runs of small models: the training engine itself, so that whatever it does is in it. */
final class CalibrationRun {
    private final String machine;
    private final List<Probe> probes;
    private final LongSupplier nanoseconds;

    /**
     * A calibration by a clock.
     *
     * @param machine what it is valid for
     * @param probes short runs that are measured
     * @param nanoseconds a clock that only goes forward
     */
    CalibrationRun(String machine, List<Probe> probes, LongSupplier nanoseconds) {
        this.probes = probes;
        this.machine = machine;
        this.nanoseconds = nanoseconds;
    }

    /** Some seconds for each compute type. */
    Calibration run(List<ScalarType> types) {
        types.forEach(type -> probes.get(probes.size() - 1).seconds(type, nanoseconds));
        long process = PeakMemory.resident() + untouchedHeap();
        Map<ScalarType, Map<Work, Double>> rates = new EnumMap<>(ScalarType.class);
        types.forEach(type -> rates.put(type, rates(type)));
        return new Calibration(process, rates, Libtorch.threads(), machine);
    }

    /** Bytes of the heap's young generation that no object has lain in yet; a run's short-lived objects will. */
    private static long untouchedHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getType() == MemoryType.HEAP && pool.getName().contains("Eden"))
                .mapToLong(pool ->
                        pool.getUsage().getCommitted() - pool.getPeakUsage().getUsed())
                .map(bytes -> Math.max(0, bytes))
                .sum();
    }

    private Map<Work, Double> rates(ScalarType type) {
        return rates(probes.stream()
                .map(probe -> row(probe.amounts(type), probe.seconds(type, nanoseconds)))
                .toArray(double[][]::new));
    }

    /** Seconds for a unit of each kind of work, from {@link #row} for each probe. */
    static Map<Work, Double> rates(double[][] rows) {
        double[] units = new double[Work.values().length];
        for (int i = 0; i < units.length; i++) {
            for (double[] row : rows) {
                units[i] = Math.max(units[i], row[i]);
            }
            units[i] = units[i] == 0 ? 1 : units[i];
            for (double[] row : rows) {
                row[i] /= units[i];
            }
        }
        double[] factors = LeastSquares.solve(rows);
        Map<Work, Double> rates = new EnumMap<>(Work.class);
        int column = 0;
        for (Work work : Work.values()) {
            rates.put(work, factors[column] / units[column]);
            column++;
        }
        return rates;
    }

    /** Work for a second, so that what the rates make of it should be 1. */
    static double[] row(Amounts amounts, double seconds) {
        return Arrays.stream(Work.values())
                .mapToDouble(work -> amounts.of(work) / seconds)
                .toArray();
    }
}
