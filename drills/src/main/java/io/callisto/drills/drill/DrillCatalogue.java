package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All drills, by name. Their requirement ids are the marks of the methods that describe them. */
public final class DrillCatalogue {
    private static final List<Class<?>> SHELVES = List.of(
            ProcessDrills.class,
            ServerDrills.class,
            NetworkDrills.class,
            InfrastructureDrills.class,
            CombinedDrills.class,
            TableDrills.class);

    private final List<Drill> drills;

    private DrillCatalogue(List<Drill> drills) {
        this.drills = List.copyOf(drills);
    }

    /** The product's catalogue. */
    public static DrillCatalogue complete() {
        List<Drill> drills = new ArrayList<>();
        for (Class<?> shelf : SHELVES) {
            for (Method method : shelf.getDeclaredMethods()) {
                Requirement mark = method.getAnnotation(Requirement.class);
                if (mark != null) {
                    drills.add(describe(method).proving(List.of(mark.value())));
                }
            }
        }
        // The order of a class's methods is not defined.
        drills.sort(Comparator.comparing(Drill::name));
        return new DrillCatalogue(drills);
    }

    public List<Drill> drills() {
        return drills;
    }

    public Optional<Drill> named(String name) {
        return drills.stream().filter(drill -> drill.name().equals(name)).findFirst();
    }

    private static Drill describe(Method method) {
        try {
            return (Drill) method.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException(method + " does not describe a drill", broken);
        }
    }
}
