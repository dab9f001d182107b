package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLockTest {
    @TempDir
    private Path folder;

    @Test
    void aSecondStartWaitsForTheFirst() throws Exception {
        Home home = new Home(folder.resolve("home"));
        home.create();
        StartLock first = StartLock.of(home, Duration.ofSeconds(1));
        assertThatThrownBy(() -> StartLock.of(home, Duration.ofMillis(10)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another start of " + home.root());
        CompletableFuture<StartLock> second =
                CompletableFuture.supplyAsync(() -> StartLock.of(home, Duration.ofSeconds(30)));
        assertThat(second).isNotDone();
        first.close();
        second.get(10, TimeUnit.SECONDS).close();
    }
}
