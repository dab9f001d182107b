package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server left running on a data folder by a JVM that was killed. */
final class OrphanPostgreSql {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanPostgreSql.class);
    private static final long FAST_SHUTDOWN_SECONDS = 30;
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private OrphanPostgreSql() {}

    /** Shuts an orphan on {@code data} down in order (PostgreSQL's fast shutdown), so that the folder can be opened again. */
    static void stop(Path data) {
        find(data).ifPresent(OrphanPostgreSql::shutDown);
    }

    static Optional<ProcessHandle> find(Path data) {
        try {
            List<String> record = Files.readAllLines(data.resolve("postmaster.pid"));
            long pid = Long.parseLong(record.get(0).trim());
            Instant started = Instant.ofEpochSecond(Long.parseLong(record.get(2).trim()));
            if (!Path.of(record.get(1)).toRealPath().equals(data.toRealPath())) {
                return Optional.empty();
            }
            return ProcessHandle.of(pid)
                    .filter(OrphanPostgreSql::isPostgreSql)
                    .filter(process -> startedAt(process, started));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgreSql(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    /** The process with the recorded id may be another one, when the machine or the id's first owner has gone. */
    private static boolean startedAt(ProcessHandle process, Instant recorded) {
        return process.info()
                .startInstant()
                .map(started -> Duration.between(started, recorded).abs().compareTo(CLOCKS_DIFFER) < 0)
                .orElse(false);
    }

    private static void shutDown(ProcessHandle process) {
        LOG.info("taking over the database from an earlier run (process {})", process.pid());
        try {
            interrupt(process);
            process.onExit().orTimeout(FAST_SHUTDOWN_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new EmbeddedStartException(
                    "the database process " + process.pid() + " of an earlier run does not stop: end it by hand", e);
        }
    }

    private static void interrupt(ProcessHandle process) {
        try {
            int code = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
