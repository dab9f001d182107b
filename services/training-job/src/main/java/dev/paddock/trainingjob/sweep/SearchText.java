package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** A search as text. */
@Converter
public final class SearchText extends JsonText<Search> {
    public SearchText() {
        super(Search.class);
    }
}
