package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** What a job was computed in, as text. */
@Converter
public final class EnvironmentText extends JsonText<TrainingEnvironment> {
    public EnvironmentText() {
        super(TrainingEnvironment.class);
    }
}
