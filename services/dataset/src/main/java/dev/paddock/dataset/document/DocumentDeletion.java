package dev.paddock.dataset.document;

import dev.paddock.dataset.source.DiscardedBlobs;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes a document: bytes and text leave the store, the row stays as the document's name for the versions made of it,
 * whose own rows are theirs.
 */
@Component
class DocumentDeletion {
    private final Documents documents;
    private final DiscardedBlobs discarded;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DocumentDeletion(Documents documents, DiscardedBlobs discarded, TransactionTemplate transaction, Clock clock) {
        this.documents = documents;
        this.discarded = discarded;
        this.transaction = transaction;
        this.clock = clock;
    }

    void delete(Caller caller, UUID id, @Nullable String ifMatch) {
        transaction.executeWithoutResult(status -> mark(caller, id, ifMatch));
        discarded.sweep(caller.tenant());
    }

    private void mark(Caller caller, UUID id, @Nullable String ifMatch) {
        Document document = documents.requireLive(caller.tenant(), id);
        ETags.require(ifMatch, document.version());
        document.markDeleted(caller.subject(), clock.instant());
        documents.saveAndFlush(document);
        discarded.discard(caller.tenant(), List.of(document.digest(), document.textDigest()));
    }
}
