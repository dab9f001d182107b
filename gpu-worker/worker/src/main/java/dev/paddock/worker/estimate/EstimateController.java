package dev.paddock.worker.estimate;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ReadingProblems;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers what an order would take here. */
@RestController
@ConditionalOnRole(WorkerRole.TRAINING)
class EstimateController {
    private final Estimates estimates;

    EstimateController(Estimates estimates) {
        this.estimates = estimates;
    }

    /** The estimate; 204 for a method that does not tell, and a problem for rows or parameters that do not fit the base. */
    @PostMapping("/internal/v1/training-estimates")
    ResponseEntity<TrainingEstimate> estimate(
            @RequestBody TrainingOrder order,
            @RequestParam(name = "memoryOnly", defaultValue = "false") boolean memoryOnly) {
        try {
            return ReadingProblems.explained(order.baseDigest(), () -> estimates.of(order, memoryOnly))
                    .map(ResponseEntity::ok)
                    .orElseGet(() -> ResponseEntity.noContent().build());
        } catch (IllegalArgumentException | InvalidParametersException e) {
            throw ProblemException.invalid("params", order.parameters(), String.valueOf(e.getMessage()));
        }
    }
}
