package dev.paddock.local.cli;

import dev.paddock.benchmarks.BenchmarkCatalogue;
import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.benchmarks.BenchmarkOrder;
import dev.paddock.benchmarks.BenchmarkProcess;
import dev.paddock.benchmarks.Result;
import dev.paddock.benchmarks.ResultTable;
import dev.paddock.benchmarks.peer.PeerSetting;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.JsonFiles;
import dev.paddock.local.home.UserError;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Benchmarks beside peers and the machine's limits. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures training, decoding, prefill and the machine's limits on this machine, by turns with the peers where they are installed (--peers).",
            "Each benchmark runs in a process of its own. Let nothing else run meanwhile."
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "One benchmark; without it all of them.")
    private @Nullable String name;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the results there.")
    private @Nullable Path json;

    @Option(
            names = "--pairs",
            defaultValue = "5",
            description = "Rounds of each side that count. Default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(names = "--threads", description = "Threads of one operator, on both sides. Default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--precision", description = "fp32 or bf16. Default: bf16 where the processor multiplies in it.")
    private @Nullable Precision precision;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A size of the benchmark, for instance length=512.")
    private Map<String, String> sizes = new LinkedHashMap<>();

    @Mixin
    private BenchModels models = new BenchModels();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.requireFolder("--json", json);
        Home home = Home.fromEnvironment();
        Console console = new Console(spec.commandLine().getOut());
        BenchmarkCatalogue catalogue = new BenchmarkCatalogue();
        try {
            List<String> names = name == null
                    ? catalogue.items().stream().map(item -> item.id()).toList()
                    : List.of(name);
            names.forEach(each -> catalogue.check(order(each, "", null)));
            home.create();
            List<Result> results = run(names, home, console);
            if (json != null) {
                JsonFiles.writeAtomically(json, results);
                console.line("wrote " + json);
            }
            return 0;
        } catch (BenchmarkException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Result> run(List<String> names, Home home, Console console) {
        BenchModels.Found found = models.find(home, console);
        List<Result> results = new ArrayList<>();
        for (String each : names) {
            BenchmarkProcess process = new BenchmarkProcess(
                    home.djl(),
                    home.logs().resolve("bench-" + each + ".log"),
                    "paddock "
                            + String.join(
                                    " ",
                                    spec.commandLine()
                                            .getParent()
                                            .getParseResult()
                                            .originalArgs()),
                    Map.of("paddock", spec.root().version()[0]),
                    Clock.systemUTC());
            List<Result> some = process.run(
                    order(each, found.model().toString(), found.peer()),
                    (what, done, total) -> console.draw(
                            each + "  " + (total > 0 ? Console.bar(done, total) + "  " : "") + what, false));
            ResultTable.lines(some).forEach(console::line);
            results.addAll(some);
        }
        return results;
    }

    private BenchmarkOrder order(String benchmark, String model, @Nullable PeerSetting peer) {
        Map<String, Object> params = new LinkedHashMap<>();
        sizes.forEach((key, value) -> params.put(key, parameter(value)));
        return new BenchmarkOrder(
                benchmark,
                params,
                model,
                peer,
                pairs,
                threads,
                precision == null ? Precision.ofThisMachine() : precision);
    }

    /** A number, or a word as it stands. */
    private static Object parameter(String value) {
        try {
            return JsonMapper.shared().readValue(value, Object.class);
        } catch (JacksonException e) {
            return value;
        }
    }
}
