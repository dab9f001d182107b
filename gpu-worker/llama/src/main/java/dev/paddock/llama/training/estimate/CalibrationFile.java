package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.ScalarType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A calibration kept for the next start.
 *
 * @param path of the file, whose folder is made where it is not there
 */
public record CalibrationFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(CalibrationFile.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What the file holds, if it is of this machine and these threads and has every kind of work for all the types; else a new
     * calibration.
     */
    public Calibration get(String machine, int threads, List<ScalarType> types) {
        Optional<Calibration> kept = read().filter(
                        calibration -> calibration.machine().equals(machine)
                                && calibration.threads() == threads
                                && types.stream().allMatch(calibration::isComplete));
        return kept.orElseGet(() -> {
            Calibration fresh = CalibrationProcess.run(machine, threads, types);
            write(fresh);
            return fresh;
        });
    }

    private Optional<Calibration> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(JSON.readValue(Files.readString(path), Calibration.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            LOG.info("the calibration in {} is made anew: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    private void write(Calibration calibration) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), "calibration", ".draft");
            Files.writeString(draft, JSON.writeValueAsString(calibration));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the calibration cannot be kept in " + path, e);
        }
    }
}
