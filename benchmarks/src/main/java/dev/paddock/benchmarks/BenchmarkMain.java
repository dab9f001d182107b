package dev.paddock.benchmarks;

import dev.paddock.benchmarks.BenchmarkMessage.Outcome;
import dev.paddock.benchmarks.BenchmarkMessage.Step;
import dev.paddock.llama.torch.Libtorch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** A benchmark's own process: takes an order as one line of JSON, tells its progress and its figures in such lines. */
public final class BenchmarkMain {
    private static final JsonMapper JSON = JsonMapper.shared();

    private BenchmarkMain() {}

    /** Takes no arguments. It ends at once when its input does: then nobody waits for it any more. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BenchmarkOrder order = JSON.readValue(in.readLine(), BenchmarkOrder.class);
        Thread watch = new Thread(() -> endWith(in), "order-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            say(out, BenchmarkMessage.of(run(order, out)));
        } catch (RuntimeException e) {
            say(out, BenchmarkMessage.error(String.valueOf(e.getMessage())));
            throw e;
        }
        System.exit(0);
    }

    private static Outcome run(BenchmarkOrder order, PrintStream out) {
        Libtorch.setThreads(order.threads());
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", Runtime.version().toString());
        versions.put("libtorch", Libtorch.version());
        Bench bench = new Bench(
                Path.of(order.model()),
                order.peer(),
                order.pairs(),
                order.threads(),
                order.precision(),
                (what, done, total) -> say(out, BenchmarkMessage.of(new Step(what, done, total))),
                versions);
        return new Outcome(new BenchmarkCatalogue().run(order, bench), versions);
    }

    private static void say(PrintStream out, BenchmarkMessage message) {
        out.println(JSON.writeValueAsString(message));
        out.flush();
    }

    private static void endWith(BufferedReader in) {
        try {
            while (in.readLine() != null) {
                // nothing more is said after the order
            }
        } catch (IOException e) {
            // a broken pipe is an end as well
        }
        Runtime.getRuntime().halt(143);
    }
}
