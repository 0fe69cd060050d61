package dev.darkroom.api;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types as one would write them in a source file of ours, with what may be null; only what nobody would guess has its package. */
final class TypeNames {

    private static final Set<String> KNOWN = Set.of("reactor.core.publisher", "reactor.core.scheduler");

    private final Set<String> packages;

    TypeNames(List<String> exported) {
        packages = Set.copyOf(exported);
    }

    String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            // the annotation in front of the brackets is the array's
            return of(array.getAnnotatedGenericComponentType()) + (isNullable(type) ? " @Nullable []" : "[]");
        }
        return (isNullable(type) ? "@Nullable " : "") + bare(type);
    }

    private String bare(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            var raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return of(raw) + all(parameterized.getAnnotatedActualTypeArguments(), ", ", "<", ">");
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            var lower = wildcard.getAnnotatedLowerBounds();
            return lower.length > 0 ? "? super " + of(lower[0]) : "?" + extending(wildcard.getAnnotatedUpperBounds());
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return ((TypeVariable<?>) variable.getType()).getName();
        }
        return of(type.getType());
    }

    /** The variables which a type or a method declares, with their bounds. */
    String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + extending(variable.getAnnotatedBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private String extending(AnnotatedType[] bounds) {
        var isPlain = bounds.length == 0
                || (bounds.length == 1 && bounds[0].getType() == Object.class && !isNullable(bounds[0]));
        return isPlain ? "" : all(bounds, " & ", " extends ", "");
    }

    String all(AnnotatedType[] types, String between, String before, String after) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(this::of).collect(Collectors.joining(between, before, after));
    }

    String of(Type type) {
        if (!(type instanceof Class<?> raw)) {
            return type.getTypeName();
        }
        var of = raw.getPackageName();
        var isKnown = of.startsWith("java.") || KNOWN.contains(of) || packages.contains(of) || raw.isPrimitive();
        var name = raw.getCanonicalName();
        return isKnown && name.startsWith(of + ".") ? name.substring(of.length() + 1) : name;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
