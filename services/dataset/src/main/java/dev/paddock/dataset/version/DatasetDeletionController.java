package dev.paddock.dataset.version;

import dev.paddock.kit.identity.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The end of a dataset over HTTP; it stands here because versions decide on it. */
@RestController
class DatasetDeletionController {
    private final DatasetDeletion deletion;

    DatasetDeletionController(DatasetDeletion deletion) {
        this.deletion = deletion;
    }

    @DeleteMapping("/api/v1/datasets/{id}")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        deletion.delete(caller, id, ifMatch);
        return ResponseEntity.noContent().build();
    }
}
