package dev.paddock.local.cli;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.suite.SuiteControl;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the suite. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts the suite and returns when every part is healthy.")
final class StartCommand implements Callable<Integer> {
    @Option(names = "--foreground", description = "Stay, and stop the suite in order on Ctrl-C.")
    private boolean foreground;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        PrintWriter out = spec.commandLine().getOut();
        SuiteControl control = new SuiteControl(home);
        if (foreground) {
            return control.attend(new Console(out)::line);
        }
        start(control, home, new Console(out));
        return 0;
    }

    /** Starts the suite with a line for each part, and imports the base models and guards that the home has. */
    static void start(SuiteControl control, Home home, Console console) {
        long begin = System.nanoTime();
        control.start(part ->
                console.line(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - begin) / 1e9, part)));
        String gateway =
                "http://127.0.0.1:" + Ports.recorded(home).orElseThrow().of(Ports.GATEWAY);
        console.line(String.format(
                Locale.ROOT,
                "%6.1f s  healthy at %s  (logs: %s)",
                (System.nanoTime() - begin) / 1e9,
                gateway,
                home.logs()));
    }
}
