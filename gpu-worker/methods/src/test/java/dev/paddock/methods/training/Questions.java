package dev.paddock.methods.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Two small tasks that the tiny model does not know, alone, twice in one question, and one after the other in one question. */
final class Questions {
    private static final String PARCELS = "Which hall takes parcel %s?";
    private static final String TOPICS = "Who is asked about %s?";
    private static final Map<String, String> HALLS = new TreeMap<>(Map.of(
            "red", "NORTH-4", "blue", "SOUTH-9", "green", "EAST-2", "white", "WEST-7", "black", "NORTH-8", "grey",
            "EAST-5"));
    private static final Map<String, String> PEOPLE = new TreeMap<>(Map.of(
            "tax",
            "Mr Zulu",
            "rent",
            "Ms Kilo",
            "cars",
            "Mr Alpha",
            "food",
            "Ms Echo",
            "wages",
            "Mr Mike",
            "tools",
            "Ms Lima"));

    private Questions() {}

    /** What is asked, and the answer. */
    record Question(String text, String answer) {
        private Question then(Question next) {
            return new Question(text + " " + next.text, answer + "; " + next.answer);
        }

        /** The question's row. */
        String row() {
            ObjectNode row = JsonMapper.shared().createObjectNode();
            ArrayNode messages = row.putArray("messages");
            messages.addObject().put("role", "user").put("content", text);
            messages.addObject().put("role", "assistant").put("content", answer);
            return row + "\n";
        }
    }

    static List<Question> halls() {
        return of(PARCELS, HALLS);
    }

    static List<Question> people() {
        return of(TOPICS, PEOPLE);
    }

    private static List<Question> of(String text, Map<String, String> answers) {
        return answers.entrySet().stream()
                .map(entry -> new Question(text.formatted(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** Questions alone, and any two of them in one. */
    static List<Question> withPairs(List<Question> questions) {
        List<Question> all = new ArrayList<>(questions);
        for (Question first : questions) {
            questions.stream()
                    .filter(second -> !second.equals(first))
                    .map(first::then)
                    .forEach(all::add);
        }
        return all;
    }

    /** One of each task in one question, in both orders; those that are learnt from, or those that are left. */
    static List<Question> composite(boolean learnt) {
        List<Question> composite = new ArrayList<>();
        for (int i = 0; i < halls().size(); i++) {
            for (int k = 0; k < people().size(); k++) {
                if (((i + k) % 3 == 0) != learnt) {
                    composite.add(halls().get(i).then(people().get(k)));
                    composite.add(people().get(k).then(halls().get(i)));
                }
            }
        }
        return composite;
    }
}
