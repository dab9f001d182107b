package dev.paddock.kit.problem;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** What the database refused, as problems; also what it refuses only at the end of a transaction. */
public final class DataProblems {
    private static final Logger LOG = LoggerFactory.getLogger(DataProblems.class);
    private static final String CONSTRAINT = "23";
    private static final String ROLLBACK = "40";

    private DataProblems() {}

    public static Problem of(RuntimeException e) {
        String state = sqlState(e);
        if (e instanceof OptimisticLockingFailureException || state.startsWith(ROLLBACK)) {
            return Problem.of(
                    CommonProblem.CONFLICT, "the resource changed meanwhile: read it and try again", List.of());
        }
        if (e instanceof DataIntegrityViolationException || state.startsWith(CONSTRAINT)) {
            LOG.debug("a constraint refused a change", e);
            return Problem.of(
                    CommonProblem.CONFLICT,
                    "the same resource was made meanwhile, or another one still needs it: read it and try again",
                    List.of());
        }
        if (e instanceof TransientDataAccessException
                || e instanceof CannotCreateTransactionException
                || e instanceof TransactionTimedOutException) {
            LOG.warn("the database could not finish a request", e);
            return Problem.of(CommonProblem.UNAVAILABLE, "the database is busy: try again in a second", List.of());
        }
        LOG.error("unexpected", e);
        return Problem.of(CommonProblem.INTERNAL_ERROR, "see the service's log at this time", List.of());
    }

    /** The five characters of the SQL standard, or nothing when the database was not reached. */
    private static String sqlState(RuntimeException e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof java.sql.SQLException sql
                        && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
    }
}
