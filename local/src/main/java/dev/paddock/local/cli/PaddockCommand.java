package dev.paddock.local.cli;

import dev.paddock.local.client.RefusedException;
import dev.paddock.local.home.UserError;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code paddock} command. */
@Command(
        name = "paddock",
        description = {
            "Adapts LLaMA-family language models to a company's own domain, inside its own walls.",
            "",
            "Data lives in PADDOCK_HOME (default .paddock in the checkout); the gateway listens on 127.0.0.1:PADDOCK_PORT (default 8080)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it did not, or the suite is degraded (status)",
            "2:wrong usage, or something for you to mend",
            "3:the suite is stopped (status)"
        },
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            TokenCommand.class,
            KeyCommand.class,
            ModelCommand.class,
            GuardCommand.class,
            VersionCommand.class,
            VerifyChainCommand.class,
            BenchCommand.class,
            HelpCommand.class
        })
public final class PaddockCommand {
    private PaddockCommand() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PaddockCommand())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
    }

    private static int explain(Exception e, PrintWriter err) throws Exception {
        if (e instanceof UserError || e instanceof RefusedException) {
            err.println("paddock: " + e.getMessage());
            return e instanceof UserError ? 2 : 1;
        }
        throw e;
    }
}
