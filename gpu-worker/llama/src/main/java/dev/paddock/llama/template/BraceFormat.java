package dev.paddock.llama.template;

import java.util.List;

/** {@code str.format} with {@code {}}, {@code {0}}, {@code {name}}, conversions and format specifications. */
final class BraceFormat {
    private final Arguments arguments;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private int next;
    private boolean numbered;

    private BraceFormat(Arguments arguments, Budget budget) {
        this.arguments = arguments;
        this.budget = budget;
    }

    static String format(String text, Arguments arguments, Budget budget) {
        return new BraceFormat(arguments, budget).run(text);
    }

    private String run(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == unit;
            if (unit != '{' && unit != '}') {
                out.append(unit);
            } else if (doubled) {
                out.append(unit);
                i++;
            } else if (unit == '}') {
                throw new ChatTemplateException("single '}' in format string");
            } else {
                int end = text.indexOf('}', i);
                if (end < 0 || text.substring(i + 1, end).indexOf('{') >= 0) {
                    throw ChatTemplateException.unsupported("a nested or open field in a format string");
                }
                out.append(budget.text(field(text.substring(i + 1, end))));
                i = end;
            }
        }
        return out.toString();
    }

    private String field(String field) {
        int colon = field.indexOf(':');
        String head = colon < 0 ? field : field.substring(0, colon);
        String spec = colon < 0 ? "" : field.substring(colon + 1);
        int mark = head.indexOf('!');
        Object value = argument(mark < 0 ? head : head.substring(0, mark));
        if (mark >= 0) {
            value = switch (head.substring(mark + 1)) {
                case "s" -> PythonText.str(value, budget);
                case "r" -> PythonText.repr(value, budget);
                default -> throw ChatTemplateException.unsupported("the conversion '" + head + "'");
            };
        }
        return spec.isEmpty()
                ? PythonText.str(value, budget)
                : FormatSpec.parse(spec).format(value, budget);
    }

    private Object argument(String name) {
        if (name.indexOf('.') >= 0 || name.indexOf('[') >= 0) {
            throw ChatTemplateException.unsupported("the format field '" + name + "'");
        }
        boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 6;
        if (name.isEmpty() || number) {
            if ((next > 0 && number) || (numbered && name.isEmpty())) {
                throw new ChatTemplateException("cannot mix numbered and automatic fields");
            }
            numbered |= number;
            int index = number ? Integer.parseInt(name) : next++;
            List<Object> positional = arguments.positional();
            if (index >= positional.size()) {
                throw new ChatTemplateException("no argument for field " + index + " of the format string");
            }
            return positional.get(index);
        }
        Object value = arguments.keywords().get(name);
        if (value == null) {
            throw new ChatTemplateException("no argument for field '" + name + "' of the format string");
        }
        return value;
    }
}
