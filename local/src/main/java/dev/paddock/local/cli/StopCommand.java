package dev.paddock.local.cli;

import dev.paddock.local.home.Home;
import dev.paddock.local.suite.SuiteControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the suite. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops every part of the suite in order.")
final class StopCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String stopped = new SuiteControl(Home.fromEnvironment()).stop().orElse("the suite was not running");
        spec.commandLine().getOut().println(stopped);
        return 0;
    }
}
