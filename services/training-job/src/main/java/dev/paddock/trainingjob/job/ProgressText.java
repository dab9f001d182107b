package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.Progress;
import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** Progress as text. */
@Converter
public final class ProgressText extends JsonText<Progress> {
    public ProgressText() {
        super(Progress.class);
    }
}
