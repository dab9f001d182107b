package dev.paddock.local.suite;

import dev.paddock.llama.torch.EngineProcess;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in a child JVM: a native fault ends it alone, and it is started again, more slowly each time it falls soon. */
final class WorkerProcess implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(2);

    /** An order that takes more memory than there is ends its attempt alone, and says so. */
    private static final String GO_ON_WITHOUT_MEMORY = "-XX:-ExitOnOutOfMemoryError";

    private final Home home;
    private final String name;
    private final boolean trains;
    private final Path settings;
    private final Thread keeper;
    private volatile boolean stopping;
    private volatile Process process;

    WorkerProcess(Home home, String name, Map<String, String> settings) {
        this.home = home;
        this.name = name;
        this.trains = "training".equals(settings.get("paddock.worker.roles"));
        this.settings = write(home.run().resolve(name + ".properties"), settings);
        this.process = launch();
        this.keeper = new Thread(this::keep, name + "-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    @Override
    public String name() {
        return name;
    }

    private void keep() {
        Duration pause = Duration.ofSeconds(1);
        try {
            while (true) {
                long started = System.nanoTime();
                int code = process.waitFor();
                if (stopping) {
                    return;
                }
                boolean steady = System.nanoTime() - started > STEADY.toNanos();
                pause = steady ? Duration.ofSeconds(1) : min(pause.multipliedBy(2), LONGEST_PAUSE);
                LOG.error(
                        "{} ended with code {}; it starts again in {} s. Its log is {}",
                        name,
                        code,
                        pause.toSeconds(),
                        log());
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                if (stopping) {
                    return;
                }
                process = launch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Path log() {
        return home.logs().resolve(name + ".log");
    }

    private Process launch() {
        List<String> command = new ArrayList<>(EngineProcess.java());
        if (trains) {
            command.add(GO_ON_WITHOUT_MEMORY);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                String.valueOf(ProcessHandle.current().pid()),
                "--spring.config.additional-location=file:" + settings));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(EngineProcess.environment(home.djl()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UserError("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        keeper.interrupt();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                LOG.warn("{} did not stop within 20 s and is killed", name);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path write(Path file, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            Path temporary = Files.createTempFile(Objects.requireNonNull(file.getParent()), "worker", ".tmp");
            if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            }
            try (Writer writer = Files.newBufferedWriter(temporary)) {
                properties.store(writer, "what the suite told this worker");
            }
            return Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
