package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.local.client.LocalTokens;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.SuiteState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real suite that is killed in the middle of every stage of a demonstration, and started again each time. */
class KilledSuiteTest {
    /** Stages with how many seconds of each pass before the blow. */
    private static final Map<String, Integer> BLOWS = new LinkedHashMap<>();

    static {
        BLOWS.put("dataset", 0);
        BLOWS.put("training", 8);
        BLOWS.put("evaluation", 5);
        BLOWS.put("approval", 0);
        BLOWS.put("deployment", 0);
        BLOWS.put("answers", 1);
    }

    @TempDir
    private Path folder;

    private Home home;
    private SuiteProcess paddock;

    @BeforeEach
    void choose() {
        assumeTrue(
                Boolean.getBoolean("paddock.kill"),
                "-Dpaddock.kill=true, since it kills a real suite in every stage of a demonstration and takes minutes");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid");
        home = new Home(folder.resolve("home"));
        paddock = new SuiteProcess(home, folder.resolve("output.log"), dev.paddock.embedded.Ports.free());
    }

    @AfterEach
    void stop() throws Exception {
        if (paddock != null) {
            paddock.run("stop");
        }
    }

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whateverStageAKillFallsInEverythingIsMadeOnce() throws Exception {
        for (Map.Entry<String, Integer> blow : BLOWS.entrySet()) {
            killIn(blow.getKey(), blow.getValue());
            assertThat(paddock.run("status"))
                    .as("status after a kill in " + blow.getKey())
                    .isEqualTo(3);
            assertThat(paddock.run("start"))
                    .as("start after a kill in " + blow.getKey())
                    .isZero();
        }
        assertThat(paddock.run("demo", "--tiny"))
                .as("the demonstration in the end; " + paddock.log())
                .isZero();
        assertEverythingIsThereOnce();
    }

    private void killIn(String stage, int seconds) throws IOException, InterruptedException {
        Process demo = paddock.launch("demo", "--tiny");
        try (BufferedReader lines = demo.inputReader()) {
            boolean reached = lines.lines().anyMatch(line -> line.startsWith("── " + stage + " "));
            assertThat(reached)
                    .as("the demonstration reaches " + stage + "; " + paddock.log())
                    .isTrue();
            TimeUnit.SECONDS.sleep(seconds);
            long suite = SuiteState.recorded(home).orElseThrow().pid();
            new ProcessBuilder("kill", "-9", "--", "-" + suite).start().waitFor();
            demo.destroyForcibly().waitFor();
            ProcessHandle.of(suite).ifPresent(process -> process.onExit().join());
        }
    }

    private void assertEverythingIsThereOnce() {
        String gateway = SuiteSettings.gateway(Ports.recorded(home).orElseThrow());
        LocalTokens tokens = new LocalTokens(home, gateway);
        RestApi auditor = new RestApi(gateway, () -> tokens.of("auditor"));
        String dataset = only(auditor, "/api/v1/datasets");
        only(auditor, "/api/v1/datasets/" + dataset + "/versions");
        String job = only(auditor, "/api/v1/training-jobs");
        String version = only(auditor, "/api/v1/versions?jobId=" + job);
        only(auditor, "/api/v1/approvals?versionId=" + version);
        only(auditor, "/api/v1/deployments?model=harrow-pike-support");
    }

    /** The id of the one entry of a list. */
    private static String only(RestApi auditor, String path) {
        JsonNode items = auditor.get(path).path("items");
        assertThat(items.size()).as(path + ": " + items).isEqualTo(1);
        return items.path(0).path("id").asString();
    }
}
