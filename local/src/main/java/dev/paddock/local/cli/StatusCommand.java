package dev.paddock.local.cli;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.suite.Health;
import dev.paddock.local.suite.Health.PartHealth;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says how the suite is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says how every part is and names what is down.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:healthy", "1:degraded", "3:stopped"})
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        Health.Report report = new Health(home).report();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(report));
        } else {
            print(home, report, out);
        }
        return report.stopped() ? 3 : report.healthy() ? 0 : 1;
    }

    private static void print(Home home, Health.Report report, PrintWriter out) {
        if (report.stopped()) {
            out.println("stopped  " + home.root());
            report.orphanPostgresql()
                    .ifPresent(process -> out.println("PostgreSQL (process " + process
                            + ") still runs, left by a suite that was killed: 'paddock stop' ends it"));
            return;
        }
        for (PartHealth part : report.parts()) {
            out.printf(
                    "%-4s %-18s 127.0.0.1:%-6d %s%n",
                    part.up() ? "up" : "DOWN", part.part(), part.port(), part.detail());
        }
        List<String> down = report.parts().stream()
                .filter(p -> !p.up())
                .map(PartHealth::part)
                .toList();
        String phase = report.state()
                .map(SuiteState::phase)
                .map(Enum::name)
                .orElse("?")
                .toLowerCase(java.util.Locale.ROOT);
        out.println(
                down.isEmpty() && report.healthy()
                        ? "healthy"
                        : "degraded (" + phase + "): " + (down.isEmpty() ? "not yet running" : String.join(", ", down))
                                + ". Logs: " + home.logs());
    }
}
