package dev.darkroom.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects of public types, made by reflection with one text and some bytes wherever a text or bytes are asked for: by each constructor,
 * factory and wither that takes them.
 *
 * @param text for each text
 * @param bytes for bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied for each
record Made(String text, byte[] bytes) {

    private static final int DEPTH = 5;

    /** All of a type that can be made this way. */
    List<Object> all(Class<?> type) {
        var made = new ArrayList<>();
        executables(type).forEach(executable -> made(executable, null, 0).ifPresent(made::add));
        for (var one : List.copyOf(made)) {
            withers(type).forEach(wither -> made(wither, one, 0).ifPresent(made::add));
        }
        made.removeIf(one -> !type.isInstance(one));
        return made;
    }

    private static Stream<Executable> executables(Class<?> type) {
        Stream<Executable> constructors = Modifier.isAbstract(type.getModifiers())
                ? Stream.empty()
                : Arrays.stream(type.getConstructors()).map(Constructor.class::cast);
        Stream<Executable> factories = Arrays.stream(type.getMethods())
                .filter(method ->
                        Modifier.isStatic(method.getModifiers()) && type.isAssignableFrom(method.getReturnType()))
                .map(Executable.class::cast);
        return Stream.concat(constructors, factories);
    }

    private static Stream<Method> withers(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == type && method.getParameterCount() > 0);
    }

    private Optional<Object> made(Executable executable, @Nullable Object on, int depth) {
        try {
            var values = Arrays.stream(executable.getGenericParameterTypes())
                    .map(parameter -> value(parameter, depth))
                    .toArray();
            return Optional.ofNullable(
                    executable instanceof Constructor<?> constructor
                            ? constructor.newInstance(values)
                            : ((Method) executable).invoke(on, values));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return Optional.empty(); // it does not take such a value: others do
        }
    }

    private @Nullable Object value(Type type, int depth) {
        if (type instanceof ParameterizedType parameterized) {
            return generic((Class<?>) parameterized.getRawType(), parameterized.getActualTypeArguments(), depth);
        }
        if (type instanceof WildcardType wildcard) {
            return value(wildcard.getUpperBounds()[0], depth);
        }
        if (type instanceof TypeVariable<?> variable) {
            return value(variable.getBounds()[0], depth);
        }
        return type instanceof Class<?> raw ? plain(raw, depth) : null;
    }

    private @Nullable Object generic(Class<?> type, Type[] arguments, int depth) {
        if (type == List.class || type == java.util.Collection.class || type == Iterable.class) {
            return List.of(present(value(arguments[0], depth)));
        }
        if (type == Set.class) {
            return Set.of(present(value(arguments[0], depth)));
        }
        if (type == Map.class) {
            return Map.of(present(value(arguments[0], depth)), present(value(arguments[1], depth)));
        }
        if (type == Optional.class) {
            return Optional.ofNullable(value(arguments[0], depth));
        }
        if (type == Mono.class) {
            return Mono.just(present(value(arguments[0], depth)));
        }
        if (type == Flux.class) {
            return Flux.just(present(value(arguments[0], depth)));
        }
        return plain(type, depth);
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nothing to put there");
        }
        return value;
    }

    private @Nullable Object plain(Class<?> type, int depth) {
        if (type == String.class || type == Object.class || type == CharSequence.class) {
            return text;
        }
        if (type == byte[].class) {
            return bytes.clone();
        }
        if (type == int.class || type == Integer.class) {
            return 2;
        }
        if (type == long.class || type == Long.class) {
            return 2L;
        }
        if (type == double.class || type == Double.class) {
            return 0.5;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == URI.class) {
            return URI.create("https://example.com/" + text + "?signature=" + text);
        }
        if (type == Path.class) {
            return Path.of(text + ".png");
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(2);
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == Currency.class) {
            return Currency.getInstance("EUR");
        }
        if (type == java.math.BigDecimal.class) {
            return java.math.BigDecimal.ONE;
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return JsonMapper.shared().createObjectNode().put(text, text);
        }
        if (type == Throwable.class || type == Exception.class) {
            return new IllegalStateException(text);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return depth < DEPTH ? ours(type, depth + 1) : null;
    }

    private @Nullable Object ours(Class<?> type, int depth) {
        var made = executables(type)
                .map(executable -> made(executable, null, depth))
                .flatMap(Optional::stream)
                .findFirst();
        if (made.isPresent()) {
            return made.get();
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(one -> plain(one, depth))
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return type.isInterface() ? stranger(type) : null;
    }

    /** An implementation of somebody's, whose own words are as good as any text. */
    private Object stranger(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "toString" -> text;
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    case "apply", "andThen" -> arguments[0];
                    default -> value(method.getGenericReturnType(), DEPTH);
                });
    }
}
