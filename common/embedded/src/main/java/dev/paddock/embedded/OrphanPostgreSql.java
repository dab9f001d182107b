package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server left running on a data folder by a JVM that was killed. */
final class OrphanPostgreSql {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanPostgreSql.class);
    private static final long FAST_SHUTDOWN_SECONDS = 30;

    private OrphanPostgreSql() {}

    /** Shuts an orphan on {@code data} down in order (PostgreSQL's fast shutdown), so that the folder can be opened again. */
    static void stop(Path data) {
        find(data).ifPresent(OrphanPostgreSql::shutDown);
    }

    static Optional<ProcessHandle> find(Path data) {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            return ProcessHandle.of(pid).filter(OrphanPostgreSql::isPostgreSql);
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
