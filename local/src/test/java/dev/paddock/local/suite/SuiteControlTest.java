package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteControlTest {
    @TempDir
    private Path folder;

    @Test
    void theProcessThatAStartLaunchedIsKnownAtOnce() throws Exception {
        Home home = new Home(folder.resolve("home"));
        home.create();
        SuiteControl control = new SuiteControl(home);
        assertThat(control.running()).isEmpty();
        assertThat(control.stop()).isEmpty();
        Process suite = new ProcessBuilder("sleep", "60").start();
        try {
            SuiteState.of(suite.toHandle(), Phase.STARTING, "").record(home);
            assertThat(control.running()).hasValue(suite.toHandle());
            assertThat(control.stop()).hasValue("stopped");
            assertThat(suite.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(control.running()).isEmpty();
        } finally {
            suite.destroyForcibly();
        }
    }
}
