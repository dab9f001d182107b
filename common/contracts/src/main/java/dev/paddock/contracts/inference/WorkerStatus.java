package dev.paddock.contracts.inference;

import java.util.List;

/** What a worker has loaded and how long its queue is. */
public record WorkerStatus(String workerId, List<String> roles, List<LoadedModel> models, int running, int queued) {}
