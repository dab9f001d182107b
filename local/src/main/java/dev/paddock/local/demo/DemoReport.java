package dev.paddock.local.demo;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a demonstration showed, as the JSON that {@code --report} writes. */
public final class DemoReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode root = JSON.createObjectNode();

    DemoReport() {
        root.putArray("stages");
        for (String part : new String[] {"base", "adapted", "general"}) {
            root.putObject(part);
        }
        root.put("gate", "");
        for (String part : new String[] {"approval", "answers", "guard", "lineage", "training", "versions"}) {
            root.putObject(part);
        }
    }

    void stage(String name, double seconds) {
        root.withArrayProperty("stages").addObject().put("name", name).put("seconds", Math.round(seconds * 10) / 10.0);
    }

    ObjectNode part(String name) {
        return root.withObjectProperty(name);
    }

    void gate(String verdict) {
        root.put("gate", verdict);
    }

    /** The report as indented JSON. */
    public String json() {
        return JSON.writeValueAsString(root) + System.lineSeparator();
    }
}
