package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import dev.paddock.testkit.ClientScript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The unmodified openai package; the python that has it is named by PADDOCK_TEST_PYTHON, else python3 is tried. */
@GatewayTest
class OpenAiPythonClientTest {
    @Autowired
    private Callers callers;

    @TempDir
    Path folder;

    @Test
    void theUnmodifiedPythonClientWorks() throws Exception {
        String python = ClientScript.python();
        assumeTrue(
                ClientScript.run(folder, python, "-c", "import openai").status() == 0,
                "no " + python + " with the package openai");
        World.reset();
        String script = ClientScript.file("openai_client.py", folder).toString();
        ClientScript.Result result = ClientScript.run(folder, python, script, World.URL + "/v1", callers.key("python"));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok");
    }
}
