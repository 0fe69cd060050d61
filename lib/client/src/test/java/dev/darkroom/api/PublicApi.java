package dev.darkroom.api;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a user of the client can name, as text: a block for each type, a line for each member, in an order that does not depend on
 * anything but the names. Nothing may be null unless it says so.
 */
final class PublicApi {

    private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode");

    private final TypeNames names;

    private PublicApi(TypeNames names) {
        this.names = names;
    }

    /** All there is. */
    static List<String> lines() {
        return lines(ExportedPackages.publicTypes(), ExportedPackages.names());
    }

    /** Those types, where types in those packages go without their package. */
    static List<String> lines(List<Class<?>> types, List<String> packages) {
        var api = new PublicApi(new TypeNames(packages));
        var lines = new ArrayList<String>();
        types.forEach(type -> api.block(type, lines));
        return lines;
    }

    private void block(Class<?> type, List<String> into) {
        into.add((into.isEmpty() ? "" : "\n") + head(type));
        var members = new ArrayList<String>();
        for (var from = type; from != null && (from == type || !isOpen(from)); from = from.getSuperclass()) {
            members(type, from).forEach(members::add);
        }
        members.stream().distinct().map(line -> "    " + line).forEach(into::add);
        Arrays.stream(type.getDeclaredClasses())
                .filter(PublicApi::isOpen)
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .forEach(inner -> block(inner, into));
    }

    private String head(Class<?> type) {
        var words = new StringBuilder(deprecated(type));
        var isClass = !type.isInterface() && !type.isEnum() && !type.isRecord();
        words.append(isClass ? modifiers(type.getModifiers(), Modifier.ABSTRACT | Modifier.FINAL) : "");
        words.append(type.isSealed() ? "sealed " : "");
        words.append(kind(type)).append(' ').append(type.getCanonicalName());
        words.append(names.variables(type.getTypeParameters()));
        var parent = type.getAnnotatedSuperclass();
        if (isClass && parent != null && parent.getType() != Object.class) {
            words.append("\n        extends ").append(names.of(parent));
        }
        words.append(names.all(
                type.getAnnotatedInterfaces(),
                ", ",
                type.isInterface() ? "\n        extends " : "\n        implements ",
                ""));
        if (type.isSealed()) {
            words.append(Arrays.stream(type.getPermittedSubclasses())
                    .map(names::of)
                    .sorted()
                    .collect(Collectors.joining(", ", "\n        permits ", "")));
        }
        return words.toString();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        return type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    /** Those of the type itself, or of one above it that nobody outside can name, and which are therefore its own. */
    private Stream<String> members(Class<?> type, Class<?> from) {
        var components = from.isRecord()
                ? Arrays.stream(from.getRecordComponents())
                        .map(component ->
                                "component " + names.of(component.getAnnotatedType()) + " " + component.getName())
                : Stream.<String>empty();
        var fields = Arrays.stream(from.getDeclaredFields())
                .filter(field -> isOpen(field, type))
                .map(field -> field.isEnumConstant() ? "constant " + field.getName() : field(field))
                .sorted();
        var constructors = from != type
                ? Stream.<String>empty()
                : Arrays.stream(from.getDeclaredConstructors())
                        .filter(constructor -> isOpen(constructor, type) && !isOfTheRecord(constructor))
                        .map(constructor -> constructor(constructor))
                        .sorted();
        return Stream.of(components, fields, constructors, methods(type, from, true), methods(type, from, false))
                .flatMap(lines -> lines);
    }

    private Stream<String> methods(Class<?> type, Class<?> from, boolean areStatic) {
        return Arrays.stream(from.getDeclaredMethods())
                .filter(method -> isOpen(method, type) && Modifier.isStatic(method.getModifiers()) == areStatic)
                .filter(method -> !isImplied(method, from))
                .map(method -> method(method))
                .sorted((one, other) -> sortKey(one).compareTo(sortKey(other)));
    }

    /** By its name, and not by its modifiers and what it returns. */
    private static String sortKey(String line) {
        var name = line.substring(0, line.indexOf('('));
        return name.substring(name.lastIndexOf(' ') + 1) + '(' + line;
    }

    private String field(Field field) {
        return deprecated(field)
                + modifiers(field.getModifiers(), Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL)
                + names.of(field.getAnnotatedType()) + " " + field.getName();
    }

    private String constructor(Constructor<?> constructor) {
        return deprecated(constructor)
                + modifiers(constructor.getModifiers(), Modifier.PROTECTED)
                + constructor.getDeclaringClass().getSimpleName()
                + parameters(constructor);
    }

    private String method(Method method) {
        var variables = names.variables(method.getTypeParameters());
        return deprecated(method)
                + (method.isDefault() ? "default " : "")
                + modifiers(method.getModifiers(), Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT)
                + (variables.isEmpty() ? "" : variables + " ")
                + names.of(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method);
    }

    private String parameters(Executable of) {
        var parameters = of.getParameters();
        var words = new ArrayList<String>();
        for (var parameter : parameters) {
            var type = names.of(parameter.getAnnotatedType());
            words.add((parameter.isVarArgs() ? type.replaceFirst("\\[]$", "...") : type) + " " + parameter.getName());
        }
        AnnotatedType[] thrown = of.getAnnotatedExceptionTypes();
        return "(" + String.join(", ", words) + ")" + names.all(thrown, ", ", " throws ", "");
    }

    private static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private static String modifiers(int of, int shown) {
        var words = Modifier.toString(of & shown);
        return words.isEmpty() ? "" : words + " ";
    }

    private static boolean isOpen(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers());
    }

    private static boolean isOpen(Member member, Class<?> type) {
        var toHeirs = Modifier.isProtected(member.getModifiers()) && !Modifier.isFinal(type.getModifiers());
        return !member.isSynthetic() && (Modifier.isPublic(member.getModifiers()) || toHeirs);
    }

    private static boolean isOfTheRecord(Constructor<?> constructor) {
        var type = constructor.getDeclaringClass();
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    private static boolean isImplied(Method method, Class<?> type) {
        if (method.getName().equals("toString") && method.getParameterCount() == 0) {
            return true;
        }
        if (type.isEnum()) {
            return Modifier.isStatic(method.getModifiers())
                    && Set.of("values", "valueOf").contains(method.getName());
        }
        return type.isRecord()
                && (OF_EVERY_RECORD.contains(method.getName())
                        || (method.getParameterCount() == 0
                                && Arrays.stream(type.getRecordComponents())
                                        .anyMatch(component ->
                                                component.getAccessor().equals(method))));
    }
}
