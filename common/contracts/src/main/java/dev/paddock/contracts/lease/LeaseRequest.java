package dev.paddock.contracts.lease;

import java.util.List;

/** A worker asks for one job. */
public record LeaseRequest(String workerId, List<String> methods) {}
