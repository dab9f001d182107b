package dev.paddock.kit.problem;

/** An error code that another service answered with. */
public record RemoteProblem(String code, String title, ProblemCategory category, int status) implements ProblemCode {}
