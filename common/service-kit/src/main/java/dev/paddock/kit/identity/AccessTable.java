package dev.paddock.kit.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;

/** Who may do what: the first rule that covers a request decides, what no rule covers is denied. */
public final class AccessTable {
    private static final String RESOURCE = "/paddock/access.csv";
    private final List<AccessRule> rules;

    AccessTable(List<AccessRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Reads the table of {@code common/contracts}. */
    public static AccessTable load() {
        try (InputStream in = AccessTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no " + RESOURCE + " on the classpath");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }

    static AccessTable parse(String csv) {
        return new AccessTable(csv.lines()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(AccessRule::parse)
                .toList());
    }

    public List<AccessRule> rules() {
        return rules;
    }

    /** Whether a caller with these roles (none for an anonymous one) may send this request. */
    public boolean allows(String method, String path, Set<String> roles) {
        return find(method, path).map(rule -> rule.allows(roles)).orElse(false);
    }

    /** The rule that decides on such a request; none where it is denied to everybody. */
    public Optional<AccessRule> find(String method, String path) {
        PathContainer container = PathContainer.parsePath(path);
        return rules.stream().filter(rule -> rule.covers(method, container)).findFirst();
    }
}
