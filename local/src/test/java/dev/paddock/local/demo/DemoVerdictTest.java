package dev.paddock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DemoVerdictTest {
    private static final String WHOLE = """
            {"base": {"accuracy": 0.0}, "adapted": {"accuracy": 0.9, "version": "v1"}, "general": {"verdict": "PASS"}, "gate": "PASS",
             "approval": {"proposer": "engineer", "approver": "approver", "selfApprovalRefused": true},
             "answers": {"adapted": "HP-417-K"}, "guard": {"safe": "answered", "unsafe": "refused"},
             "lineage": {"verified": true, "version": "v1", "rows": 478}}
            """;

    @Test
    void aWholeReportHolds() {
        assertThat(DemoVerdict.of(WHOLE, 0.85)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/base/accuracy, 0.5, routes 0.5 of the tickets already",
        "/adapted/accuracy, 0.8, 'routes 0.8, below 0.85'",
        "/general/verdict, '\"FAIL\"', general knowledge",
        "/gate, '\"INCONCLUSIVE\"', the gates say INCONCLUSIVE",
        "/approval/selfApprovalRefused, false, own approval",
        "/approval/approver, '\"engineer\"', no second person",
        "/approval/approver, '\"\"', no second person",
        "/answers/adapted, '\"HP-001-A\"', routed to",
        "/guard/safe, '\"refused\"', was not answered",
        "/guard/unsafe, '\"answered\"', was not refused",
        "/lineage/verified, false, approval log",
        "/lineage/rows, 0, no rows",
        "/lineage/version, '\"v0\"', does not come from",
        "/adapted/version, '\"\"', does not come from"
    })
    void oneBrokenKeyIsNamedAlone(String pointer, String value, String named) {
        ObjectNode report = (ObjectNode) JsonMapper.shared().readTree(WHOLE);
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) report.at(pointer.substring(0, last));
        parent.set(pointer.substring(last + 1), JsonMapper.shared().readTree(value));
        assertThat(DemoVerdict.of(report.toString(), 0.85))
                .singleElement()
                .asString()
                .contains(named);
    }

    @Test
    void belowAHighBarAnyCodeIsAnAnswer() {
        String code = TicketTables.read().codes().get(0);
        assertThat(DemoVerdict.of(WHOLE.replace("HP-417-K", code), 0.6)).isEmpty();
        assertThat(DemoVerdict.of(WHOLE.replace("HP-417-K", "hello"), 0.6)).hasSize(1);
    }

    @Test
    void aReportHasEveryPartFromTheStart() {
        ObjectNode report = (ObjectNode) JsonMapper.shared().readTree(new DemoReport().json());
        assertThat(report.propertyNames())
                .containsExactlyInAnyOrder(
                        "stages",
                        "base",
                        "adapted",
                        "general",
                        "gate",
                        "approval",
                        "answers",
                        "guard",
                        "lineage",
                        "training",
                        "versions");
    }
}
