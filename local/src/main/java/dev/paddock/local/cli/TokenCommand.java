package dev.paddock.local.cli;

import dev.paddock.local.home.Secrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints an access token. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description =
                "Prints an access token for the REST API, and nothing else. Users: steward, engineer, approver, safety, platform, auditor.")
final class TokenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "USER")
    private String user;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Secrets.requireUser(user);
        spec.commandLine().getOut().println(LocalSuite.running().tokens().of(user));
        return 0;
    }
}
