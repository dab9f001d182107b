package dev.paddock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.home.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRunFileTest {
    private static final DemoPlan PLAN = new DemoPlan("b1", "base", "sha256:b", Map.of("r", 8, "alpha", 16), 0.85);

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void create() {
        home = new Home(folder.resolve("home"));
        home.create();
    }

    @Test
    void theSamePlanAndMaterialGoOn() {
        String run = run(PLAN, "tickets", false);
        assertThat(run(PLAN, "tickets", false)).isEqualTo(run);
        assertThat(run(PLAN, "tickets", true)).as("fresh").isNotEqualTo(run);
    }

    @Test
    void otherContentsBeginANewRun() {
        String run = run(PLAN, "tickets", false);
        assertThat(run(PLAN, "other tickets", false)).isNotEqualTo(run);
        run = run(PLAN, "tickets", false);
        DemoPlan other = new DemoPlan("b1", "base", "sha256:b", Map.of("r", 8, "alpha", 32), 0.85);
        assertThat(run(other, "tickets", false)).isNotEqualTo(run);
    }

    @Test
    void theBaseOfARunIsKnownToWhoAsksForTheSame() throws Exception {
        assertThat(DemoRunFile.base(home, DemoRunFile.DEFAULT_BASE)).isEmpty();
        run(PLAN, "tickets", false);
        assertThat(DemoRunFile.base(home, DemoRunFile.DEFAULT_BASE)).hasValue("sha256:b");
        assertThat(DemoRunFile.base(home, DemoRunFile.TINY_BASE)).isEmpty();
        Files.writeString(home.run().resolve("demo.json"), "{\"run\": \"r1\", \"baseDigest\": \"sha256:b\"}");
        assertThat(run(PLAN, "tickets", false)).as("a run without contents").isNotEqualTo("r1");
    }

    private String run(DemoPlan plan, String tickets, boolean fresh) {
        DemoMaterial material = new DemoMaterial(
                List.of(), List.of(new DemoMaterial.File("tickets.jsonl", tickets.getBytes(StandardCharsets.UTF_8))));
        return DemoRunFile.of(home, plan, material, DemoRunFile.DEFAULT_BASE, fresh);
    }
}
