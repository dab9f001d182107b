package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.TrainingMeasurements;
import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** Measurements as text. */
@Converter
public final class MeasurementsText extends JsonText<TrainingMeasurements> {
    public MeasurementsText() {
        super(TrainingMeasurements.class);
    }
}
