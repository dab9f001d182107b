package dev.paddock.gateway.portal;

import dev.paddock.kit.identity.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is, as the access token says. */
@RestController
class MeController {
    @GetMapping("/api/v1/me")
    Me me(Caller caller) {
        return new Me(
                caller.subject(),
                caller.tenant(),
                caller.roles().stream().sorted().toList());
    }

    record Me(String subject, String tenant, List<String> roles) {}
}
