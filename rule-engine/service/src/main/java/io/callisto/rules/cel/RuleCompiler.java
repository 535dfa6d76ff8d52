package io.callisto.rules.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.callisto.rules.decide.Expression;

/**
 * Makes expressions of text. CEL has no loops but comprehensions and no functions but the standard ones, so what is
 * bounded here
 * is its length, its nesting and the number of iterations of one evaluation.
 */
public final class RuleCompiler {
    /** Iterations of all comprehensions of one evaluation together. */
    public static final int MAX_ITERATIONS = 500;

    private static final int MAX_CODE_POINTS = 4_000;
    private static final int MAX_NODES = 400;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_REGEX_PROGRAM = 1_000;

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    public RuleCompiler() {
        CelOptions options = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true) // the planned runtime insists
                .maxExpressionCodePointSize(MAX_CODE_POINTS)
                .maxParseExpressionNodeCount(MAX_NODES)
                .maxParseRecursionDepth(MAX_DEPTH)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxRegexProgramSize(MAX_REGEX_PROGRAM)
                .build();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        for (RuleVariable variable : RuleVariable.values()) {
            builder.addVar(variable.inExpressions(), variable.type());
        }
        this.compiler = builder.build();
        this.runtime =
                CelRuntimeFactory.plannerRuntimeBuilder().setOptions(options).build();
    }

    /**
     * The expression of {@code text}. One that does not compile, or is not of type bool, fails for every candidate;
     * this is
     * logged here, once.
     *
     * @param name of the rule, for the log
     */
    public Expression compile(String name, String text) {
        return CelExpressionRunner.compile(compiler, runtime, name, text);
    }
}
