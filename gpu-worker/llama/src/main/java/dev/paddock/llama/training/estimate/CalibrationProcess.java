package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.FreshProcess;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Calibrates in a JVM of its own: its memory is as a training process' begins, and nothing of it stays behind. */
public final class CalibrationProcess {
    private static final JsonMapper JSON = JsonMapper.shared();

    private CalibrationProcess() {}

    /** What the process is told. */
    record Order(String machine, int threads, List<ScalarType> types) {}

    /**
     * Some seconds for each type.
     *
     * @throws IllegalStateException when the process failed
     */
    public static Calibration run(String machine, int threads, List<ScalarType> types) {
        String order = JSON.writeValueAsString(new Order(machine, threads, types));
        return JSON.readValue(FreshProcess.run(CalibrationProcess.class, order), Calibration.class);
    }

    /** Takes an order from its input and writes the calibration. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        Order order = JSON.readValue(System.in.readAllBytes(), Order.class);
        Libtorch.setThreads(order.threads());
        out.println(JSON.writeValueAsString(
                new CalibrationRun(order.machine(), Probe.ALL, System::nanoTime).run(order.types())));
        out.flush();
        System.exit(0);
    }
}
