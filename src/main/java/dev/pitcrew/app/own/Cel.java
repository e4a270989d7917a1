package dev.pitcrew.app.own;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.pitcrew.app.own.View.Many;
import dev.pitcrew.app.own.View.Single;
import dev.pitcrew.app.own.Views.Offer;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.OwnCheckFile.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The library that knows CEL. Nothing else touches it, so that its classes are loaded with the first own check.
///
/// Expressions are typed: a field that isn't there and a comparison of a text with a number are errors before anything is read. They end: CEL has no loops but over lists, of which
/// [#STEPS_MAX] turns are allowed for each fact, with at most [#LOOPS_MAX] loops and [#PLUS_MAX] `+` in an expression, so that no text grows without bound; patterns take time linear in the text.
final class Cel {
    private static final int STEPS_MAX = 20_000;
    private static final int TEXT_MAX = 2000;
    private static final int DEPTH_MAX = 50;
    private static final int LOOPS_MAX = 4;
    private static final int PLUS_MAX = 40;

    private final Map<String, StructType> types = new LinkedHashMap<>();
    private final CelCompilerBuilder compilers;
    private final CelRuntime runtime;

    Cel() {
        var options =
                CelOptions.current()
                        .comprehensionMaxIterations(STEPS_MAX)
                        .maxExpressionCodePointSize(TEXT_MAX)
                        .maxParseRecursionDepth(DEPTH_MAX)
                        .build();
        compilers =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addLibraries(CelExtensions.optional());
        for (Offer<?> offer : Views.ALL) {
            compilers.addVar(offer.all(), ListType.create(type(offer.view())));
        }
        compilers.setTypeProvider(new Types(ImmutableMap.copyOf(types)));
        runtime =
                CelRuntimeFactory.legacyCelRuntimeBuilder()
                        .setOptions(options)
                        .addLibraries(CelExtensions.optional())
                        .build();
    }

    /// Finds the types of the views by their names.
    private static final class Types implements CelTypeProvider {
        private final ImmutableMap<String, CelType> known;

        Types(ImmutableMap<String, CelType> known) {
            this.known = known;
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return known.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(known.get(name));
        }
    }

    private StructType type(View<?> view) {
        var known = types.get(view.name());
        if (known != null) {
            return known;
        }
        var fields = fields(view);
        var type =
                StructType.create(
                        view.name(),
                        fields.keySet(),
                        name -> Optional.ofNullable(fields.get(name)));
        types.put(view.name(), type);
        return type;
    }

    private ImmutableMap<String, CelType> fields(View<?> view) {
        var fields = ImmutableMap.<String, CelType>builder();
        view.fields().forEach(field -> fields.put(field.name(), type(field.sort())));
        return fields.buildOrThrow();
    }

    private CelType type(View.Sort sort) {
        return switch (sort) {
            case Single.TEXT -> SimpleType.STRING;
            case Single.WHOLE -> SimpleType.INT;
            case Single.NUMBER -> SimpleType.DOUBLE;
            case Single.FLAG -> SimpleType.BOOL;
            case Single.TEXTS -> ListType.create(SimpleType.STRING);
            case Single.TEXT_BY_NAME -> MapType.create(SimpleType.STRING, SimpleType.STRING);
            case Many<?>(var of) -> ListType.create(type(of));
        };
    }

    /// An expression that can be asked.
    interface Rule {
        /// @throws Undecided when it can't tell, mostly because a file doesn't say what it asks for
        Object ask(Map<String, Object> variables) throws Undecided;
    }

    /// Why an expression can't tell.
    static final class Undecided extends Exception {
        private static final long serialVersionUID = 1;

        Undecided(String why) {
            super(why);
        }
    }

    /// An expression about one fact.
    ///
    /// @param isTruth whether it has to be true or false, else a text
    /// @param problems of it, each with its place
    /// @return empty when there are problems
    Optional<Rule> rule(
            Expression expression, Offer<?> each, boolean isTruth, Consumer<Problem> problems) {
        var wanted = isTruth ? SimpleType.BOOL : SimpleType.STRING;
        CelCompiler compiler =
                compilers
                        .build()
                        .toCompilerBuilder()
                        .addVar(each.each(), type(each.view()))
                        .build();
        try {
            var tree = compiler.compile(expression.text()).getAst();
            if (!tree.getResultType().equals(wanted)) {
                problems.accept(
                        new Problem(
                                expression.at(1, 1),
                                "must give %s, and gives %s"
                                        .formatted(
                                                isTruth ? "true or false" : "a text",
                                                tree.getResultType().name())));
                return Optional.empty();
            }
            if (isTooMuch(tree)) {
                problems.accept(
                        new Problem(
                                expression.at(1, 1),
                                "has more than %d loops or %d pluses; make two checks of it"
                                        .formatted(LOOPS_MAX, PLUS_MAX)));
                return Optional.empty();
            }
            var program = runtime.createProgram(tree);
            return Optional.of(
                    variables -> {
                        try {
                            return program.eval(variables);
                        } catch (CelEvaluationException e) {
                            throw new Undecided(String.valueOf(e.getMessage()));
                        }
                    });
        } catch (CelValidationException e) {
            for (var issue : e.getErrors()) {
                problems.accept(
                        new Problem(
                                expression.at(
                                        Math.max(1, issue.getSourceLocation().getLine()),
                                        issue.getSourceLocation().getColumn() + 1),
                                "CEL: " + issue.getMessage()));
            }
        } catch (CelEvaluationException e) {
            problems.accept(new Problem(expression.at(1, 1), "CEL: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private static boolean isTooMuch(CelAbstractSyntaxTree tree) {
        var kinds = new ArrayList<String>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .forEach(
                        node -> {
                            switch (node.getKind()) {
                                case COMPREHENSION -> kinds.add("loop");
                                case CALL -> kinds.add(node.expr().call().function());
                                default -> {}
                            }
                        });
        return count(kinds, "loop") > LOOPS_MAX
                // each map and filter adds one of its own
                || count(kinds, "_+_") - count(kinds, "loop") > PLUS_MAX;
    }

    private static long count(List<String> kinds, String kind) {
        return kinds.stream().filter(kind::equals).count();
    }
}
