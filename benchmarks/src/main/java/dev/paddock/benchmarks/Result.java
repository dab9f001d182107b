package dev.paddock.benchmarks;

import dev.paddock.benchmarks.Figure.MachineLimit;
import dev.paddock.benchmarks.Figure.Peer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure as it is written down.
 *
 * @param name see {@link Figure}
 * @param versions of everything that took part, by name
 * @param machine processor, cores, memory and system
 * @param command that measured it
 * @param date when, ISO 8601 in UTC
 */
public record Result(
        String name,
        double ours,
        String unit,
        @Nullable Peer peer,
        @Nullable Double ratio,
        @Nullable MachineLimit machineLimit,
        Map<String, String> versions,
        String machine,
        String command,
        String date) {
    static Result of(Figure figure, Map<String, String> versions, String machine, String command, String date) {
        return new Result(
                figure.name(),
                figure.ours(),
                figure.unit(),
                figure.peer(),
                figure.ratio(),
                figure.machineLimit(),
                versions,
                machine,
                command,
                date);
    }
}
