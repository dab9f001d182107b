package dev.paddock.gateway.keys;

import dev.paddock.gateway.answer.Asker;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, lists, revokes and recognises keys. */
@Service
class KeyService {
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    private final ApplicationKeys keys;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KeyService(ApplicationKeys keys, TimeOrderedIds ids, Clock clock) {
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes a key; an Idempotency-Key makes one once, and since a value is told once its repeat is 409. */
    @Transactional
    public CreatedKey create(Caller caller, NewKey order, @Nullable String idempotencyKey) {
        if (idempotencyKey != null) {
            keys.findByTenantAndCreatedByAndIdempotencyKey(caller.tenant(), caller.subject(), idempotencyKey)
                    .ifPresent(KeyService::refuseRepeat);
        }
        KeyValue value = KeyValue.random(random);
        Instant now = clock.instant();
        ApplicationKey key = keys.save(
                new ApplicationKey(ids.next(), caller.tenant(), order, value, caller.subject(), now, idempotencyKey));
        KeyView view = key.view(now);
        return new CreatedKey(view.id(), view.name(), value.text(), view.hint(), view.createdAt(), view.expiresAt());
    }

    private static void refuseRepeat(ApplicationKey key) {
        throw new ProblemException(
                KeyProblem.KEY_ALREADY_MADE,
                "this Idempotency-Key made key " + key.id()
                        + " and its value was told once: use it, or revoke it and choose a new Idempotency-Key");
    }

    @Transactional(readOnly = true)
    public Page<KeyView> list(Caller caller, PageQuery query) {
        Instant now = clock.instant();
        return Page.of(
                        keys.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne())),
                        query,
                        ApplicationKey::id)
                .map(key -> key.view(now));
    }

    @Transactional(readOnly = true)
    public VersionedKey get(Caller caller, UUID id) {
        ApplicationKey key = require(caller, id);
        return new VersionedKey(key.view(clock.instant()), key.version());
    }

    @Transactional
    public void revoke(Caller caller, UUID id, @Nullable String ifMatch) {
        ApplicationKey key = require(caller, id);
        ETags.require(ifMatch, key.version());
        key.revoke(caller.subject(), clock.instant());
    }

    private ApplicationKey require(Caller caller, UUID id) {
        return keys.findByTenantAndId(caller.tenant(), id).orElseThrow(() -> ProblemException.notFound("key", id));
    }

    /** Who holds this value; empty for a value that is unknown, expired or revoked. */
    @Transactional
    public Optional<Asker> recognise(String value) {
        Instant now = clock.instant();
        Optional<ApplicationKey> found =
                keys.findByDigest(new KeyValue(value).digest()).filter(key -> key.state(now) == KeyState.ACTIVE);
        found.ifPresent(key -> keys.markUsed(key.tenant(), key.id(), now, now.minus(USE_GRAIN)));
        return found.map(key -> new Asker(key.tenant(), key.id(), key.name()));
    }

    record VersionedKey(KeyView key, long version) {}
}
