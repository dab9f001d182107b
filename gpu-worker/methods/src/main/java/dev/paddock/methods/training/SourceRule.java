package dev.paddock.methods.training;

import java.util.List;

/**
 * Which versions a method reads beside the base.
 *
 * @param roles what each is taken for, each role once; empty where sources differ by weight alone
 * @param adapters whether each is an adapter of the order's base, and no weight tells them apart
 */
public record SourceRule(int fewest, int most, List<String> roles, boolean adapters) {
    /** None. */
    public static final SourceRule NONE = weighted(0, 0);

    /** That many sources, told apart by weight. */
    public static SourceRule weighted(int fewest, int most) {
        return new SourceRule(fewest, most, List.of(), false);
    }

    /** One version, of which the method makes another. */
    public static SourceRule one() {
        return weighted(1, 1);
    }

    /** One source in each role. */
    public static SourceRule inRoles(String... roles) {
        return new SourceRule(roles.length, roles.length, List.of(roles), false);
    }

    /** That many adapters of the order's base. */
    public static SourceRule adapters(int fewest, int most) {
        return new SourceRule(fewest, most, List.of(), true);
    }
}
