package dev.paddock.worker.estimate;

import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.estimate.Calibration;
import dev.paddock.llama.training.estimate.CalibrationFile;
import dev.paddock.worker.CodeVersion;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The calibration of the machine that this worker runs on: at its start where so set, else when it is first asked for. */
@Component
@ConditionalOnRole(WorkerRole.TRAINING)
class ThisMachine {
    private static final Logger LOG = LoggerFactory.getLogger(ThisMachine.class);

    private final CalibrationFile file;
    private final boolean atStart;

    ThisMachine(WorkerProperties properties) {
        file = new CalibrationFile(properties.cache().resolve("calibration.json"));
        atStart = properties.calibrate();
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        if (atStart) {
            Thread thread = new Thread(this::calibrateQuietly, "calibration");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void calibrateQuietly() {
        try {
            calibration();
        } catch (RuntimeException e) {
            LOG.warn("this machine could not be calibrated; the next estimate tries again: {}", e.toString());
        }
    }

    /** What was measured of this machine, now or by an earlier process. */
    synchronized Calibration calibration() {
        List<ScalarType> types = Precision.ofThisMachine() == Precision.BF16
                ? List.of(ScalarType.BFLOAT16, ScalarType.FLOAT32)
                : List.of(ScalarType.FLOAT32);
        String machine = String.join(
                ", ",
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " processors",
                "libtorch " + Libtorch.version(),
                CodeVersion.ofThisBuild());
        return file.get(machine, Libtorch.threads(), types);
    }
}
