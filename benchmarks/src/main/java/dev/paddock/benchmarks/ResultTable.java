package dev.paddock.benchmarks;

import dev.paddock.benchmarks.Figure.MachineLimit;
import dev.paddock.benchmarks.Figure.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results for a person to read. */
public final class ResultTable {
    private static final double MIB = 1 << 20;

    private ResultTable() {}

    /** One or two lines for each result. */
    public static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            lines.add(String.format(
                    Locale.ROOT, "%-22s %14s   %s", result.name(), figure(result.ours(), result.unit()), peer(result)));
            MachineLimit limit = result.machineLimit();
            if (limit != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-22s %14s   %.0f %% of it: %s",
                        "  machine limit",
                        figure(limit.figure(), result.unit()),
                        100 * result.ours() / limit.figure(),
                        limit.what()));
            }
        }
        return lines;
    }

    private static String peer(Result result) {
        Peer peer = result.peer();
        return peer == null
                ? "peer not measured"
                : String.format(
                        Locale.ROOT,
                        "%s: %s, ratio %.2f",
                        peer.name(),
                        figure(peer.figure(), result.unit()),
                        result.ratio());
    }

    private static String figure(double value, String unit) {
        return unit.equals("bytes")
                ? String.format(Locale.ROOT, "%.0f MiB", value / MIB)
                : String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
    }
}
