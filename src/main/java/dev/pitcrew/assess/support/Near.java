package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Survey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which files belong together: a repository may hold several systems, and tests that are none.
public final class Near {
    private static final Pattern TEST =
            Pattern.compile("(^|.*/)(tests?|testdata|fixtures?|__tests__|spec|mocks?)/.*");

    /// Who picks them out for each kind: a survey knows by the function what it was asked.
    private static final ClassValue<Function<Survey, List<? extends InfraFact>>> WITHOUT_TESTS =
            new ClassValue<>() {
                @Override
                protected Function<Survey, List<? extends InfraFact>> computeValue(Class<?> kind) {
                    return survey -> withoutTests(survey, kind.asSubclass(InfraFact.class));
                }
            };

    private Near() {}

    /// The facts of one kind, without those of tests.
    @SuppressWarnings("unchecked") // a list stands under the kind of its facts alone
    public static <F extends InfraFact> List<F> all(Subject subject, Class<F> kind) {
        return (List<F>) subject.survey().once(WITHOUT_TESTS.get(kind));
    }

    private static List<? extends InfraFact> withoutTests(
            Survey survey, Class<? extends InfraFact> kind) {
        return survey.all(kind).stream()
                .filter(fact -> !TEST.matcher(fact.place().file()).matches())
                .toList();
    }

    /// The fact whose file lies nearest to a place.
    public static <F extends InfraFact> Optional<F> nearest(
            Subject subject, Class<F> kind, Place to) {
        return nearest(subject, kind, to, _ -> true);
    }

    /// The same of those that something is true of.
    public static <F extends InfraFact> Optional<F> nearest(
            Subject subject, Class<F> kind, Place to, Predicate<F> is) {
        return all(subject, kind).stream()
                .filter(is)
                .min(Comparator.comparingInt((F fact) -> -shared(fact.place().file(), to.file())));
    }

    /// How many folders two paths share, from the top; 1000 more for the same file.
    public static int shared(String one, String other) {
        if (one.equals(other)) {
            return 1000;
        }
        String[] a = one.split("/", -1);
        String[] b = other.split("/", -1);
        int shared = 0;
        while (shared < Math.min(a.length, b.length) - 1 && a[shared].equals(b[shared])) {
            shared++;
        }
        return shared;
    }
}
