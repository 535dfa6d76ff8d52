package io.callisto.rules.cel;

import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import io.callisto.rules.decide.BatchFacts;
import io.callisto.rules.decide.ContactFacts;
import io.callisto.rules.decide.Expression;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compiled expression. Whatever goes wrong in the library with one user's text must neither allow a call nor stop the
 * engine
 * for all others, so every exception is a failure of this rule alone. Thread-safe.
 */
final class CelExpressionRunner implements Expression {
    private static final Logger log = LoggerFactory.getLogger(CelExpressionRunner.class);
    private static final Map<String, RuleVariable> VARIABLES = Stream.of(RuleVariable.values())
            .collect(Collectors.toUnmodifiableMap(RuleVariable::inExpressions, Function.identity()));

    private final String name;
    private final Program program;
    private final AtomicBoolean warned = new AtomicBoolean();

    private CelExpressionRunner(String name, Program program) {
        this.name = name;
        this.program = program;
    }

    static Expression compile(CelCompiler compiler, CelRuntime runtime, String name, String text) {
        try {
            CelValidationResult checked = compiler.compile(text);
            if (checked.hasError()) {
                return broken(name, checked.getErrorString().lines().findFirst().orElse(""));
            }
            return new CelExpressionRunner(name, runtime.createProgram(checked.getAst()));
        } catch (CelValidationException | CelEvaluationException | RuntimeException notCompiled) {
            return broken(name, String.valueOf(notCompiled.getMessage()));
        }
    }

    private static Expression broken(String name, String why) {
        log.atWarn()
                .addKeyValue("rule", name)
                .addKeyValue("why", why)
                .log("rule does not compile: it defers every contact that it applies to");
        return (batch, contact) -> Truth.FAILED;
    }

    @Override
    public Truth judge(BatchFacts batch, ContactFacts contact) {
        CelVariableResolver facts =
                variable -> Optional.ofNullable(VARIABLES.get(variable)).map(known -> known.of(batch, contact));
        try {
            return Boolean.TRUE.equals(program.eval(facts)) ? Truth.HIT : Truth.CLEAR;
        } catch (CelEvaluationException | RuntimeException failed) {
            if (warned.compareAndSet(false, true)) {
                log.atWarn()
                        .addKeyValue("rule", name)
                        .addKeyValue("why", failed.getMessage())
                        .log("rule cannot be evaluated: it defers the contacts where it fails");
            }
            return Truth.FAILED;
        }
    }
}
