package dev.paddock.methods.merging;

import java.util.List;

/**
 * Which versions a method reads beside the base.
 *
 * @param roles what each is taken for, each role once; empty where sources differ by weight alone
 */
public record SourceRule(int fewest, int most, List<String> roles) {
    /** That many sources, told apart by weight. */
    static SourceRule weighted(int fewest, int most) {
        return new SourceRule(fewest, most, List.of());
    }

    /** One version, of which the method makes another. */
    public static SourceRule one() {
        return weighted(1, 1);
    }

    /** One source in each role. */
    static SourceRule inRoles(String... roles) {
        return new SourceRule(roles.length, roles.length, List.of(roles));
    }
}
