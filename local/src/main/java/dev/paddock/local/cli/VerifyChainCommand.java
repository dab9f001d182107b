package dev.paddock.local.cli;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Verifies the approval log. */
@Command(
        name = "verify-chain",
        mixinStandardHelpOptions = true,
        description = "Recomputes the hash chain of the approval log and names the first entry that was changed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the log is whole", "1:an entry was changed or removed"})
final class VerifyChainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode result = LocalSuite.running()
                .as("auditor")
                .post("/api/v1/approval-log/verify", Map.of(), UUID.randomUUID().toString());
        boolean valid = result.path("valid").asBoolean();
        spec.commandLine()
                .getOut()
                .println(
                        valid
                                ? "the approval log is whole: "
                                        + result.path("entries").asLong() + " entries"
                                : "the approval log is broken at entry "
                                        + result.path("firstBroken").asString());
        return valid ? 0 : 1;
    }
}
