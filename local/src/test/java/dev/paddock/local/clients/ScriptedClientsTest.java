package dev.paddock.local.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.model.TinyModel;
import dev.paddock.local.suite.TinySuite;
import dev.paddock.testkit.ClientScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The scripts of {@code examples/clients}, where the packages that they use are installed. */
@ExtendWith(RunningSuite.class)
class ScriptedClientsTest {
    private static final Path SCRIPTS =
            Path.of("..", "examples", "clients").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    @EnabledIf(
            value = "pythonHasOpenai",
            disabledReason = "a python with openai and pydantic (PADDOCK_TEST_PYTHON names it)")
    void openaiForPython(TinySuite suite) throws Exception {
        assertCancels(suite, ClientScript.python(), "openai_python.py");
    }

    @Test
    @EnabledIf(value = "nodeHasOpenai", disabledReason = "node with openai (NODE_PATH names its folder)")
    void openaiForNode(TinySuite suite) throws Exception {
        assertCancels(suite, "node", "openai_node.mjs");
    }

    @Test
    @EnabledIf(
            value = "pythonHasLmEval",
            disabledReason = "a python with lm_eval, torch and transformers (PADDOCK_TEST_PYTHON names it)")
    void lmEval(TinySuite suite) throws Exception {
        assertEndsWell(
                suite,
                ClientScript.python(),
                "lm_eval_scores.py",
                TinySuite.model().toString());
    }

    /** Both hang up on a long answer. */
    private void assertCancels(TinySuite suite, String program, String script) throws Exception {
        double before = cancelled(suite);
        assertEndsWell(suite, program, script);
        suite.awaitIdle();
        assertThat(cancelled(suite)).as("cancelled on the worker").isGreaterThan(before);
    }

    private static double cancelled(TinySuite suite) throws IOException, InterruptedException {
        return suite.metric("gen_ai_server_request_duration_seconds_count", "error_type=\"cancelled\"");
    }

    private void assertEndsWell(TinySuite suite, String program, String script, String... more)
            throws InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program, SCRIPTS.resolve(script).toString(), suite.url(), suite.key(script), TinyModel.NAME));
        command.addAll(List.of(more));
        ClientScript.Result result = ClientScript.run(folder, PATIENCE, command.toArray(String[]::new));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output().strip()).endsWith("ok");
        System.out.println(result.output());
    }

    static boolean pythonHasOpenai() throws IOException {
        return runs(ClientScript.python(), "-c", "import openai, pydantic");
    }

    static boolean nodeHasOpenai() throws IOException {
        return runs("node", "-e", "require('openai')");
    }

    static boolean pythonHasLmEval() throws IOException {
        return runs(ClientScript.python(), "-c", "import lm_eval, torch, transformers");
    }

    private static boolean runs(String... command) throws IOException {
        Path folder = Files.createTempDirectory("paddock-client");
        try {
            return ClientScript.runs(folder, command);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
