package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** A rule of early stopping as text. */
@Converter
public final class EarlyStopText extends JsonText<EarlyStop> {
    public EarlyStopText() {
        super(EarlyStop.class);
    }
}
