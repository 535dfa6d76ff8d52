package io.callisto.rules;

import io.callisto.rules.cel.RuleCompiler;
import io.callisto.rules.decide.Expression;
import io.callisto.rules.decide.UserRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The users' rules as last read, compiled. A text is compiled once per rule for as long as the rule has it. Used by the
 * duty's
 * thread.
 */
final class RuleBook {
    private record Text(int id, String expression) {}

    private final RuleCompiler compiler;
    private List<RuleRow> rows = List.of();
    private Map<Text, Expression> compiled = Map.of();

    RuleBook(RuleCompiler compiler) {
        this.compiler = compiler;
    }

    /** Whether {@code now} differs from what was read last. */
    boolean differs(List<RuleRow> now) {
        return !rows.equals(now);
    }

    /** Takes over {@code now} and gives the rules in their order. */
    List<UserRule> replace(List<RuleRow> now) {
        Map<Text, Expression> next = new HashMap<>();
        List<UserRule> rules = new ArrayList<>(now.size());
        for (RuleRow row : now) {
            Text text = new Text(row.id(), row.expression());
            Expression known = compiled.get(text);
            Expression expression = known == null ? compiler.compile(row.name(), row.expression()) : known;
            next.put(text, expression);
            rules.add(new UserRule(row.organisation(), row.campaign(), row.name(), row.verdict(), expression));
        }
        rows = List.copyOf(now);
        compiled = next;
        return List.copyOf(rules);
    }
}
