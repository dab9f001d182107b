package dev.paddock.contracts.guard;

import java.util.List;

/** The categories of a tenant's first policy, which the starter guard is taught. */
public final class DefaultTaxonomy {
    public static final List<GuardCategory> CATEGORIES = List.of(
            new GuardCategory(
                    "S1",
                    "Violence and Weapons",
                    "Threats, incitement or help to hurt people; making weapons, explosives or poisons."),
            new GuardCategory(
                    "S2",
                    "Hate and Harassment",
                    "Demeaning people for who they are; bullying, slurs or targeted insults."),
            new GuardCategory("S3", "Sexual Content", "Explicit sexual content; anything sexual that involves minors."),
            new GuardCategory(
                    "S4", "Crime and Fraud", "Help to steal, cheat, forge, traffic, or make or sell illegal drugs."),
            new GuardCategory(
                    "S5",
                    "Cybercrime",
                    "Malware, breaking into systems or accounts, stealing credentials or private data."),
            new GuardCategory(
                    "S6", "Self-Harm", "Encouraging or instructing suicide, self-injury or eating disorders."));

    private DefaultTaxonomy() {}
}
