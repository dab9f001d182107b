package dev.paddock.gateway.keys;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/keys}. */
@RestController
@RequestMapping("/api/v1/keys")
class KeyController {
    private final KeyService keys;

    KeyController(KeyService keys) {
        this.keys = keys;
    }

    @PostMapping
    ResponseEntity<CreatedKey> create(
            Caller caller,
            @RequestBody NewKey order,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        CreatedKey key = keys.create(caller, order, idempotencyKey);
        return ResponseEntity.created(URI.create("/api/v1/keys/" + key.id()))
                .cacheControl(CacheControl.noStore())
                .body(key);
    }

    @GetMapping
    Page<KeyView> list(Caller caller, PageQuery query) {
        return keys.list(caller, query);
    }

    @GetMapping("/{id}")
    ResponseEntity<KeyView> get(Caller caller, @PathVariable UUID id) {
        KeyService.VersionedKey found = keys.get(caller, id);
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(found.key());
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        keys.revoke(caller, id, ifMatch);
        return ResponseEntity.noContent().build();
    }
}
