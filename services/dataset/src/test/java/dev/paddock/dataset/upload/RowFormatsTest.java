package dev.paddock.dataset.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.Origin;
import dev.paddock.dataset.row.Row;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.dataset.row.Span;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RowFormatsTest {
    private static final List<Message> TURNS =
            List.of(new Message("system", "Be brief."), new Message("user", "Hello"), new Message("assistant", "Hi"));

    @Test
    void everyFormatGivesTheSameTurns() {
        Stream.of(
                        "{'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hello'},"
                                + "{'role':'assistant','content':'Hi'}],'source':'ignored'}",
                        "{'prompt':'Hello','completion':'Hi','system':'Be brief.'}",
                        "{'instruction':'Hello','input':'','output':'Hi','system':'Be brief.'}",
                        "{'conversations':[{'from':'system','value':'Be brief.'},{'from':'human','value':'Hello'},"
                                + "{'from':'gpt','value':'Hi'}]}")
                .forEach(row -> assertThat(read(row).messages()).as(row).isEqualTo(TURNS));
        assertThat(read("{'instruction':'Add','input':'1 and 2','output':'3'}").messages())
                .contains(new Message("user", "Add\n\n1 and 2"));
        assertThat(read("{'prompt':'a','completion':'b','choices':['b','c']}").choices())
                .containsExactly("b", "c");
    }

    @Test
    void preferencesKeepBothAnswers() {
        Stream.of(
                        "{'prompt':'Hello','chosen':'Hi','rejected':'What?','system':'Be brief.'}",
                        "{'prompt':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hello'}],"
                                + "'chosen':[{'role':'assistant','content':'Hi'}],"
                                + "'rejected':{'role':'assistant','content':'What?'}}",
                        "{'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hello'},"
                                + "{'role':'assistant','content':'Hi'}],'rejected':'What?'}",
                        "{'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hello'}],"
                                + "'chosen':'Hi','rejected':'What?'}")
                .forEach(row -> assertThat(read(row)).as(row).isEqualTo(new Example(TURNS, null, "What?", null)));
        assertThat(read("{'prompt':'a','completion':'b','label':false}").label())
                .isFalse();
        assertThat(RowJson.MAPPER.writeValueAsString(read("{'prompt':'a','completion':'b'}")))
                .doesNotContain("rejected", "label", "weight");
    }

    @Test
    void aWeightIsKept() {
        Example example = read("{'prompt':'a','completion':'b','weight':2.5}");
        assertThat(example.weight()).isEqualTo(2.5);
        Row row = Row.of(example, Origin.upload(new UUID(1, 1), 1));
        assertThat(RowJson.MAPPER.writeValueAsString(row)).contains("\"weight\":2.5");
        assertThat(row.example()).isEqualTo(example);
    }

    @Test
    void theSourceOfARowIsKept() {
        String turns = "[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]";
        for (String row : List.of(
                "{'prompt':'a','completion':'b','source':'skills v1'}",
                "{'messages':" + turns + ",'source':'skills v1'}",
                "{'prompt':'a','chosen':'b','rejected':'c','source':'skills v1'}",
                "{'messages':[{'role':'user','content':'a'}],'spans':[],'source':'skills v1'}")) {
            assertThat(read(row).source()).as(row).isEqualTo("skills v1");
        }
        assertThat(read("{'prompt':'a','completion':'b','source':'domain'}"))
                .isEqualTo(read("{'prompt':'a','completion':'b'}"));
    }

    @Test
    void spansAreSortedAndCountCodePoints() {
        Example example = read("{'messages':[{'role':'user','content':'🙂 at 7pm today'}],'spans':["
                + "{'start':9,'end':14,'label':'date'},{'start':5,'end':8,'label':'time'}]}");
        assertThat(example.spans()).containsExactly(new Span(5, 8, "time"), new Span(9, 14, "date"));
        assertThat(example.answer()).isEmpty();
        assertThat(example.normalisedPrompt()).isEqualTo("user 🙂 at 7pm today");
        assertThat(RowJson.MAPPER.writeValueAsString(example))
                .endsWith(
                        "\"spans\":[{\"start\":5,\"end\":8,\"label\":\"time\"},{\"start\":9,\"end\":14,\"label\":\"date\"}]}");
        assertThat(RowJson.MAPPER.readValue(RowJson.MAPPER.writeValueAsString(example), Example.class))
                .isEqualTo(example);
        assertThat(read("{'messages':[{'role':'user','content':'no slot'}],'spans':[]}")
                        .spans())
                .isEmpty();
    }

    @Test
    void documentsHaveTextAndNoTurns() {
        Example general = read("{'text':'The river is long.','source':'general','url':'ignored'}");
        assertThat(general).isEqualTo(Example.document("The river is long.", "general"));
        assertThat(general.answer()).isEmpty();
        assertThat(read("{'text':'A','source':'domain'}")).isEqualTo(Example.document("A", null));
        String json = RowJson.MAPPER.writeValueAsString(general);
        assertThat(json).isEqualTo("{\"text\":\"The river is long.\",\"source\":\"general\"}");
        assertThat(RowJson.MAPPER.readValue(json, Example.class)).isEqualTo(general);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'prompt':'a'};completion;is missing",
                "{'text':' '};text;is empty",
                "{'text':'a','source':'web'};source;is web",
                "{'text':'a','label':true};label;no meaning",
                "{'prompt':'a','completion':5};completion;must be text",
                "{'prompt':' ','completion':'b'};prompt;is empty",
                "{'messages':[]};messages;must be a list",
                "{'messages':[{'role':'user','content':'a'}]};messages;the last message",
                "{'messages':[{'role':'assistant','content':'a'}]};messages;no message of user",
                "{'messages':[{'role':'user','content':'a'},{'role':'system','content':'s'},"
                        + "{'role':'assistant','content':'b'}]};messages[1].role;only the first",
                "{'conversations':[{'from':'bing','value':'a'}]};conversations[0].from;is bing",
                "{'prompt':'a','completion':'b','choices':['c','d']};choices;do not contain",
                "{'prompt':'a','completion':'b','choices':['b','b']};choices;different",
                "{'prompt':'\\ud800','completion':'b'};prompt;half of a surrogate pair",
                "{'prompt':'a','completion':'b','choices':['b','\\udc00']};choices;half of a surrogate pair",
                "{'prompt':'a','chosen':'b'};rejected;is missing",
                "{'chosen':'a','rejected':'b'};prompt;is missing",
                "{'prompt':'a','chosen':5,'rejected':'b'};chosen;must be text",
                "{'prompt':[],'chosen':'a','rejected':'b'};prompt;at least one turn",
                "{'prompt':'a','chosen':'b','rejected':'b'};rejected;is the same",
                "{'prompt':'a','chosen':'b','rejected':[{'role':'user','content':'c'}]};rejected.role;must be"
                        + " assistant",
                "{'prompt':'a','chosen':[{'role':'user','content':'c'},{'role':'assistant','content':'d'}],"
                        + "'rejected':'b'};chosen;one message",
                "{'prompt':'a','completion':'b','label':1};label;true or false",
                "{'prompt':'a','completion':'b','weight':101};weight;from 0 to 100",
                "{'prompt':'a','completion':'b','weight':'1'};weight;must be a number",
                "{'prompt':'a','completion':'b','source':7};source;must be a text",
                "{'messages':[{'role':'user','content':'at 7pm'}],'spans':5};spans;must be a list",
                "{'messages':[{'role':'user','content':'at 7pm'}],'spans':[{'start':3,'end':6,'label':'"
                        + " '}]};spans[0].label;is empty",
                "{'messages':[{'role':'user','content':'at 7pm'}],'spans':[{'start':3,'end':6}]};spans[0].label;is"
                        + " missing",
                "{'messages':[{'role':'user','content':'at"
                        + " 7pm'}],'spans':[{'start':3.5,'end':6,'label':'time'}]};spans[0].start;whole number",
                "{'messages':[{'role':'user','content':'at"
                        + " 7pm'}],'spans':[{'start':6,'end':7,'label':'time'}]};spans[0].start;must be 0 to 5",
                "{'messages':[{'role':'user','content':'at"
                        + " 7pm'}],'spans':[{'start':3,'end':7,'label':'time'}]};spans[0].end;must be 4 to 6",
                "{'messages':[{'role':'user','content':'at"
                        + " 7pm'}],'spans':[{'start':3,'end':3,'label':'time'}]};spans[0].end;must be 4 to 6",
                "{'messages':[{'role':'user','content':'at"
                        + " 7pm'}],'spans':[{'start':3,'end':6,'label':'time'},{'start':0,'end':4,'label':'x'}]};spans;(3"
                        + " to 6) overlaps",
                "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'spans':[]};messages;must"
                        + " be the user's",
                "{'messages':[{'role':'user','content':'at 7pm'}],'spans':[],'label':true};label;no meaning",
                "{'body':'a'};EMPTY;name the format",
                "5;EMPTY;no JSON object"
            })
    void aWrongRowNamesItsField(String row, String field, String reason) {
        assertThatThrownBy(() -> read(row)).isInstanceOfSatisfying(InvalidRowException.class, e -> assertThat(e.at(3))
                .satisfies(problem -> {
                    assertThat(problem.row()).isEqualTo(3);
                    assertThat(problem.field()).isEqualTo(field.replace("EMPTY", ""));
                    assertThat(problem.reason()).contains(reason);
                }));
    }

    private static Example read(String row) {
        JsonNode json = RowJson.MAPPER.readTree(row.replace('\'', '"'));
        return RowShape.read(json, json.isObject() ? UploadFormat.of(json) : UploadFormat.MESSAGES);
    }
}
