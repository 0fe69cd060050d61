package dev.darkroom.dialect;

import dev.darkroom.image.ImageOption;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Adds a gateway to all that go by its name: {@code ImageClient.named(..)}, the starter's {@code darkroom.provider}, the
 * command line's {@code --provider}. Found by {@link ServiceLoader}: a jar on the class path names its provider in
 * {@code META-INF/services/dev.darkroom.dialect.GatewayProvider}, a module says {@code provides}. It needs a public constructor
 * without arguments.
 *
 * <p>One that cannot be loaded, or whose name cannot be one, is skipped with a warning; of two with one name the client's own
 * wins, and otherwise the first. An API at two addresses, or with two ways to be spoken to, is two providers.
 *
 * <p>Asked on the thread of whoever makes a client; nothing here may block.
 */
public interface GatewayProvider {

    /**
     * What chooses it. The same as its {@link Dialect#name()}, unless one gateway has several providers.
     *
     * @return lower-case letters, digits and single hyphens, beginning with a letter: {@code openrouter}
     */
    String name();

    /**
     * What people call it.
     *
     * @return its name as it is written, {@code OpenRouter}; unless overridden, {@link #name()}
     */
    default String displayName() {
        return name();
    }

    /**
     * Which environment variable programs without other settings take the key from.
     *
     * @return {@code OPENROUTER_API_KEY}; unless overridden, the name in capitals before {@code _API_KEY}
     */
    default String keyVariable() {
        return name().toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
    }

    /**
     * The model for a first picture, and for whoever names none.
     *
     * @return an id that {@link dev.darkroom.image.ImageRequest#model()} may have at this gateway
     */
    String defaultModel();

    /**
     * Which options it takes, at least for one of its models or with one of their values: of {@link ImageOption#common()} and of
     * its own. {@link ImageOption#STREAM}, which may always be asked for, need not be among them. What a request may say is for
     * {@link Dialect#unsupported} to decide; this is for who shows them, or reads them from text by their names.
     *
     * @return them, in the order in which they are shown; none unless overridden
     */
    default List<ImageOption<?>> options() {
        return List.of();
    }

    /**
     * How it speaks, and where it is.
     *
     * @return a dialect, new or the same each time
     */
    Dialect dialect();
}
