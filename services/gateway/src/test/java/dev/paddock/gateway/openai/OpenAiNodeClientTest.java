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

/** The unmodified openai package of npm, found by node in one of the folders that NODE_PATH names. */
@GatewayTest
class OpenAiNodeClientTest {
    @Autowired
    private Callers callers;

    @TempDir
    Path folder;

    @Test
    void theUnmodifiedNodeClientWorks() throws Exception {
        assumeTrue(
                ClientScript.run(folder, "node", "-e", "require('openai')").status() == 0,
                "no node with the package openai");
        World.reset();
        String script = ClientScript.file("openai_client.mjs", folder).toString();
        ClientScript.Result result = ClientScript.run(folder, "node", script, World.URL + "/v1", callers.key("node"));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok");
    }
}
