package dev.paddock.benchmarks;

import dev.paddock.benchmarks.BenchmarkMessage.Outcome;
import dev.paddock.benchmarks.BenchmarkMessage.Step;
import dev.paddock.benchmarks.machine.Machine;
import dev.paddock.llama.torch.EngineProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs each benchmark in a JVM of its own, started as workers are: no other benchmark's memory or compiled code is in its
 * figures.
 *
 * @param libtorch folder that libtorch is unpacked in
 * @param log file that takes what the process and its peers print
 * @param command what the results name as their command
 * @param versions what the results name beside the process' own versions
 * @param clock tells the date
 */
public record BenchmarkProcess(Path libtorch, Path log, String command, Map<String, String> versions, Clock clock) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Runs one benchmark to its end.
     *
     * @throws BenchmarkException when it failed
     */
    public List<Result> run(BenchmarkOrder order, Progress progress) {
        String date = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Outcome outcome = outcome(order, progress);
        Map<String, String> all = new TreeMap<>(versions);
        all.putAll(outcome.versions());
        return outcome.figures().stream()
                .map(figure -> Result.of(figure, all, Machine.describe(), command, date))
                .toList();
    }

    private Outcome outcome(BenchmarkOrder order, Progress progress) {
        try {
            Process process = start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                    var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(JSON.writeValueAsString(order) + "\n");
                in.flush();
                return follow(order, out, progress);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new BenchmarkException("cannot run the process of " + order.benchmark() + ": " + e.getMessage(), e);
        }
    }

    private Process start() throws IOException {
        List<String> start = new ArrayList<>(EngineProcess.java());
        start.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkMain.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(start).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(EngineProcess.environment(libtorch));
        return builder.start();
    }

    private Outcome follow(BenchmarkOrder order, BufferedReader out, Progress progress) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            BenchmarkMessage message = JSON.readValue(line, BenchmarkMessage.class);
            Step step = message.step();
            Outcome outcome = message.outcome();
            if (step != null) {
                progress.at(step.what(), step.done(), step.total());
            } else if (outcome != null) {
                return outcome;
            } else {
                throw new BenchmarkException(
                        "%s failed: %s (log: %s)".formatted(order.benchmark(), message.error(), log));
            }
        }
        throw new BenchmarkException(
                "the process of %s ended before its figures (log: %s)".formatted(order.benchmark(), log));
    }
}
