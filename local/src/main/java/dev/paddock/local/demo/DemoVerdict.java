package dev.paddock.local.demo;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a report holds what the demonstration promises. */
public final class DemoVerdict {
    private static final double NEAR_ZERO = 0.2;
    private static final double SURE = 0.8;
    private static final JsonMapper JSON = new JsonMapper();

    private DemoVerdict() {}

    /** What did not hold, empty when all did. */
    public static List<String> of(String report, double accuracyBar) {
        JsonNode json = JSON.readTree(report);
        List<String> broken = new ArrayList<>();
        double base = json.path("base").path("accuracy").asDouble(1);
        double adapted = json.path("adapted").path("accuracy").asDouble(0);
        check(broken, base < NEAR_ZERO, "the base routes " + base + " of the tickets already");
        check(broken, adapted >= accuracyBar, "the adapted model routes " + adapted + ", below " + accuracyBar);
        check(
                broken,
                json.path("general").path("verdict").asString("").equals("PASS"),
                "general knowledge is not kept within its gate");
        check(
                broken,
                json.path("gate").asString("").equals("PASS"),
                "the gates say " + json.path("gate").asString(""));
        check(
                broken,
                json.path("approval").path("selfApprovalRefused").asBoolean(),
                "the engineer's own approval was not refused");
        String approver = json.path("approval").path("approver").asString("");
        check(
                broken,
                !approver.isEmpty()
                        && !approver.equals(
                                json.path("approval").path("proposer").asString("")),
                "no second person approved");
        String answer = json.path("answers").path("adapted").asString("").strip();
        check(broken, routes(answer, accuracyBar), "the ticket was routed to '" + answer + "'");
        check(broken, json.path("guard").path("safe").asString("").equals("answered"), "the ticket was not answered");
        check(
                broken,
                json.path("guard").path("unsafe").asString("").equals("refused"),
                "the unsafe question was not refused");
        check(broken, json.path("lineage").path("verified").asBoolean(), "the approval log is not whole");
        check(broken, json.path("lineage").path("rows").asInt() > 0, "no rows were found behind the answer");
        String version = json.path("adapted").path("version").asString("");
        check(
                broken,
                !version.isEmpty()
                        && version.equals(json.path("lineage").path("version").asString("")),
                "the answer does not come from this run's version");
        return broken;
    }

    /** One answer is promised to be right where the bar is high; below that it must be one of the codes. */
    private static boolean routes(String answer, double accuracyBar) {
        return accuracyBar >= SURE
                ? answer.equals(TicketGenerator.UNSEEN_CODE)
                : TicketTables.read().codes().contains(answer);
    }

    private static void check(List<String> broken, boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
