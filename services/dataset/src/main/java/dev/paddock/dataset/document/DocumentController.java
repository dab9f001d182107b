package dev.paddock.dataset.document;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Documents over HTTP; the same bytes again are the same document. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentController {
    private final Documents documents;
    private final DocumentIntake intake;
    private final DocumentDeletion deletion;

    DocumentController(Documents documents, DocumentIntake intake, DocumentDeletion deletion) {
        this.documents = documents;
        this.intake = intake;
        this.deletion = deletion;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<DocumentView> upload(Caller caller, @RequestPart("file") MultipartFile file) throws IOException {
        String name = Optional.ofNullable(file.getOriginalFilename())
                .filter(given -> !given.isBlank() && given.length() <= 255)
                .orElseThrow(() -> ProblemException.invalid(
                        "file", file.getOriginalFilename(), "must have a file name of 1 to 255 characters"));
        try (TemporaryFile copy = TemporaryFile.of(file)) {
            Optional<Document> same = documents.findByTenantAndDigestAndDeletedAtIsNull(
                    caller.tenant(), copy.digest().value());
            if (same.isPresent()) {
                return answer(ResponseEntity.ok(), same.get());
            }
            Document document = intake.store(caller, name, copy);
            return answer(ResponseEntity.created(URI.create("/api/v1/documents/" + document.id())), document);
        }
    }

    private static ResponseEntity<DocumentView> answer(ResponseEntity.BodyBuilder status, Document document) {
        return status.eTag(ETags.of(document.version())).body(document.view());
    }

    @GetMapping
    Page<DocumentView> list(Caller caller, PageQuery query) {
        return Page.of(
                        documents.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne())),
                        query,
                        Document::id)
                .map(Document::view);
    }

    @GetMapping("/{id}")
    ResponseEntity<DocumentView> get(Caller caller, @PathVariable UUID id) {
        return answer(ResponseEntity.ok(), documents.require(caller.tenant(), id));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        deletion.delete(caller, id, ifMatch);
        return ResponseEntity.noContent().build();
    }
}
