package dev.paddock.gateway.keys;

import dev.paddock.gateway.answer.Asker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** A request that came with an active key. */
final class AskerToken extends AbstractAuthenticationToken {
    private final transient Asker asker;

    AskerToken(Asker asker) {
        super(List.<GrantedAuthority>of());
        this.asker = asker;
        setAuthenticated(true);
    }

    Asker asker() {
        return asker;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return asker;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
