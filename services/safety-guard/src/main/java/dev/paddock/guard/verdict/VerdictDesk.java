package dev.paddock.guard.verdict;

import dev.paddock.contracts.event.VerdictReached;
import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.guard.VerdictRequest;
import dev.paddock.guard.judge.Case;
import dev.paddock.guard.judge.Judge;
import dev.paddock.guard.judge.Judgement;
import dev.paddock.guard.model.Guards;
import dev.paddock.guard.policy.Policies;
import dev.paddock.guard.policy.PolicyVersion;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** From a request to a verdict on record; without one the caller gets a problem, never a verdict that was not reached. */
@Service
public class VerdictDesk {
    private final Policies policies;
    private final Guards guards;
    private final Judge judge;
    private final Verdicts verdicts;
    private final Incidents incidents;
    private final Outbox outbox;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final TransactionOperations transactions;

    VerdictDesk(
            Policies policies,
            Guards guards,
            Judge judge,
            Verdicts verdicts,
            Incidents incidents,
            Outbox outbox,
            TimeOrderedIds ids,
            Clock clock,
            TransactionOperations transactions) {
        this.policies = policies;
        this.guards = guards;
        this.judge = judge;
        this.verdicts = verdicts;
        this.incidents = incidents;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    public Verdict judge(String tenant, VerdictRequest request) {
        RequestRules.check(request);
        try {
            PolicyVersion policy = policies.current(tenant, request.policyId());
            Case asked =
                    new Case(policy, guards.find(tenant, policy.guardVersionId()), request.role(), request.messages());
            return told(record(asked, judge.judge(asked)));
        } catch (ProblemException e) {
            if (e.code().category() == ProblemCategory.UNAVAILABLE) {
                incidents.noVerdict(tenant, e.code().code());
            }
            throw e;
        }
    }

    private VerdictRecord record(Case asked, Judgement judgement) {
        return Objects.requireNonNull(transactions.execute(status -> {
            VerdictRecord verdict = verdicts.saveAndFlush(
                    new VerdictRecord(ids.next(), asked, judgement, JudgedText.digest(asked), clock.instant()));
            if (!verdict.safe()) {
                incidents.unsafe(verdict);
            }
            outbox.publish(verdict.tenant(), event(verdict));
            return verdict;
        }));
    }

    private static VerdictReached event(VerdictRecord verdict) {
        return new VerdictReached(
                verdict.id(),
                verdict.policyId(),
                verdict.policyVersion(),
                verdict.role(),
                verdict.safe(),
                verdict.categories(),
                verdict.score(),
                verdict.textDigest());
    }

    private static Verdict told(VerdictRecord verdict) {
        return new Verdict(
                verdict.id(),
                verdict.safe(),
                verdict.categories(),
                verdict.score(),
                verdict.policyId(),
                verdict.policyVersion(),
                verdict.guardVersionId());
    }
}
