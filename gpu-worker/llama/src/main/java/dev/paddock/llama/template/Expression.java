package dev.paddock.llama.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value. */
sealed interface Expression {
    int line();

    Object evaluate(Scope scope);

    /** The value, its work paid for. */
    default Object value(Scope scope) {
        scope.budget().step(line());
        return evaluate(scope);
    }

    record Constant(Object constant, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return constant;
        }
    }

    record Name(String name, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.lookup(name);
        }
    }

    record TupleDisplay(List<Expression> elements, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return new Tuple(scope.budget().list(values(elements, scope)));
        }
    }

    record ListDisplay(List<Expression> elements, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.budget().list(values(elements, scope));
        }
    }

    record DictDisplay(List<Expression> keys, List<Expression> values, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Dict dict = new Dict();
            for (int i = 0; i < keys.size(); i++) {
                dict.put(keys.get(i).value(scope), values.get(i).value(scope));
            }
            return dict;
        }
    }

    record Attribute(Expression owner, String name, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Subscripts.attribute(owner.value(scope), name);
        }
    }

    record Item(Expression owner, Expression key, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Subscripts.item(owner.value(scope), key.value(scope), scope.budget());
        }
    }

    record Slice(Expression owner, Expression start, Expression stop, Expression step, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object sliced = owner.value(scope);
            return Subscripts.slice(sliced, start.value(scope), stop.value(scope), step.value(scope), scope.budget());
        }
    }

    record Call(Expression function, ArgumentList arguments, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object called = function.value(scope);
            Arguments given = arguments.evaluate(scope);
            scope.budget().step(line);
            if (called instanceof Callable callable) {
                return callable.call(given, scope.evaluation());
            }
            if (called instanceof Undefined undefined) {
                throw undefined.failure();
            }
            throw new ChatTemplateException("'" + PythonTypes.name(called) + "' object is not callable");
        }
    }

    /** {@code value | name(arguments)}. */
    record Filtered(Expression value, String name, ArgumentList arguments, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object input = value.value(scope);
            return Filters.apply(name, input, arguments.evaluate(scope), scope.evaluation());
        }
    }

    record Test(Expression value, String name, ArgumentList arguments, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object input = value.value(scope);
            return Tests.test(name, input, arguments.evaluate(scope), scope.evaluation());
        }
    }

    /** {@code + - * / // % **}. */
    record Binary(String operator, Expression left, Expression right, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Arithmetic.apply(operator, left.value(scope), right.value(scope), scope.budget());
        }
    }

    record Sign(boolean negative, Expression operand, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object value = operand.value(scope);
            return negative ? Arithmetic.negate(value) : Arithmetic.positive(value);
        }
    }

    /** {@code a ~ b ~ c}. */
    record Concatenation(List<Expression> parts, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            StringBuilder text = new StringBuilder();
            for (Object part : Expression.values(parts, scope)) {
                scope.write(text, PythonText.str(part, scope.budget()));
            }
            return text.toString();
        }
    }

    /** {@code a < b <= c}: operator i stands between operand i and i + 1. */
    record Comparison(List<Expression> operands, List<String> operators, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object left = operands.get(0).value(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = operands.get(i + 1).value(scope);
                if (!holds(operators.get(i), left, right, scope.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        }

        private static boolean holds(String operator, Object left, Object right, Budget budget) {
            return switch (operator) {
                case "==" -> Equality.equal(left, right, budget);
                case "!=" -> !Equality.equal(left, right, budget);
                case "<" -> Ordering.less(left, right, budget);
                case "<=" -> Ordering.lessOrEqual(left, right, budget);
                case ">" -> Ordering.less(right, left, budget);
                case ">=" -> Ordering.lessOrEqual(right, left, budget);
                case "in" -> Equality.contains(right, left, budget);
                case "not in" -> !Equality.contains(right, left, budget);
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    /** {@code and} and {@code or}: the operand that decides. */
    record Logical(boolean and, Expression left, Expression right, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object value = left.value(scope);
            return Truth.of(value) == and ? right.value(scope) : value;
        }
    }

    record Not(Expression operand, int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return !Truth.of(operand.value(scope));
        }
    }

    /** {@code value if condition else other}. */
    record Conditional(
            Expression condition,
            Expression value,
            @Nullable Expression other,
            int line) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            if (Truth.of(condition.value(scope))) {
                return value.value(scope);
            }
            return other != null
                    ? other.value(scope)
                    : new Undefined("the inline if-expression on line " + line + " has no else section");
        }
    }

    /** The arguments of a call as written. */
    record ArgumentList(List<Expression> positional, Map<String, Expression> keywords) {
        static final ArgumentList EMPTY = new ArgumentList(List.of(), Map.of());

        Arguments evaluate(Scope scope) {
            if (positional.isEmpty() && keywords.isEmpty()) {
                return Arguments.NONE;
            }
            Map<String, Object> named = new java.util.LinkedHashMap<>();
            List<Object> ordered = values(positional, scope);
            keywords.forEach((name, expression) -> named.put(name, expression.value(scope)));
            return new Arguments(ordered, named);
        }
    }

    private static List<Object> values(List<Expression> expressions, Scope scope) {
        List<Object> values = new java.util.ArrayList<>();
        for (Expression expression : expressions) {
            values.add(expression.value(scope));
        }
        return values;
    }
}
