package dev.paddock.trainingjob.source;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which whole models a version was made from. */
@Component
public class Ancestry {
    private final BaseVersions bases;

    Ancestry(BaseVersions bases) {
        this.bases = bases;
    }

    /** The model itself and every one before it, up to an import. */
    public Set<UUID> of(UUID whole, String tenant) {
        Set<UUID> line = new HashSet<>();
        @Nullable UUID next = whole;
        while (next != null && line.add(next)) {
            next = bases.findByIdAndTenant(next, tenant)
                    .flatMap(version -> Optional.ofNullable(version.parentId()))
                    .orElse(null);
        }
        return line;
    }
}
