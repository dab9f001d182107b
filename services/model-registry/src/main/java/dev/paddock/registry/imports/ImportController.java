package dev.paddock.registry.imports;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.registry.version.VersionView;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Puts bases and guards on record: 201 when new, 200 for an import that is on record already. */
@RestController
class ImportController {
    private final Importer importer;

    ImportController(Importer importer) {
        this.importer = importer;
    }

    @PostMapping("/api/v1/bases")
    ResponseEntity<VersionView> base(Caller caller, @Valid @RequestBody BaseImport base) {
        return answer(importer.base(caller.tenant(), caller.subject(), base));
    }

    @PostMapping("/api/v1/guards")
    ResponseEntity<VersionView> guard(Caller caller, @Valid @RequestBody GuardImport guard) {
        return answer(importer.guard(caller.tenant(), caller.subject(), guard));
    }

    private static ResponseEntity<VersionView> answer(Imported imported) {
        return ResponseEntity.status(imported.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create("/api/v1/versions/" + imported.version().id()))
                .eTag(ETags.of(imported.version().lockVersion()))
                .body(VersionView.of(imported.version()));
    }
}
