package dev.paddock.dataset.document;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
    private final TimeOrderedIds ids;
    private final Clock clock;

    DocumentController(Documents documents, DocumentIntake intake, TimeOrderedIds ids, Clock clock) {
        this.documents = documents;
        this.intake = intake;
        this.ids = ids;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<DocumentView> upload(Caller caller, @RequestPart("file") MultipartFile file) throws IOException {
        String name = Optional.ofNullable(file.getOriginalFilename())
                .filter(given -> !given.isBlank() && given.length() <= 255)
                .orElseThrow(() -> ProblemException.invalid(
                        "file", file.getOriginalFilename(), "must have a file name of 1 to 255 characters"));
        try (TemporaryFile copy = TemporaryFile.of(file)) {
            Optional<Document> same = documents.findByTenantAndDigest(
                    caller.tenant(), copy.digest().value());
            if (same.isPresent()) {
                return ResponseEntity.ok().eTag("\"0\"").body(same.get().view());
            }
            Document document = documents.save(new Document(
                    ids.next(),
                    caller.tenant(),
                    name,
                    intake.store(name, copy.path()),
                    caller.subject(),
                    clock.instant()));
            return ResponseEntity.created(URI.create("/api/v1/documents/" + document.id()))
                    .eTag("\"0\"")
                    .body(document.view());
        }
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
        Document document = documents
                .findByTenantAndId(caller.tenant(), id)
                .orElseThrow(() -> ProblemException.notFound("document", id));
        return ResponseEntity.ok().eTag("\"0\"").body(document.view());
    }
}
