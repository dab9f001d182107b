package dev.paddock.benchmarks.estimate;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.estimate.TimedRun;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** A JVM that measures one combination: takes it as JSON from its input and writes what the run took. */
public final class MeasurementMain {
    private static final JsonMapper JSON = JsonMapper.shared();

    private MeasurementMain() {}

    /** What the process is told. */
    record Order(String model, int threads, Combination combination) {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        Order order = JSON.readValue(System.in.readAllBytes(), Order.class);
        Libtorch.setThreads(order.threads());
        Combination combination = order.combination();
        try (WeightSource base = ModelFiles.open(Path.of(order.model()))) {
            Lessons lessons = combination.lessons(base.config());
            TimedRun run = TimedRun.of(
                    base, combination.adaptation(), combination.settings(lessons), lessons, System::nanoTime);
            out.println(JSON.writeValueAsString(run));
        }
        out.flush();
        System.exit(0);
    }
}
