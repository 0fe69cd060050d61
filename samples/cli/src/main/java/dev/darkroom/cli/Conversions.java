package dev.darkroom.cli;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Quality;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts words of the command line into values, or says what is wrong with them. */
final class Conversions {

    private static final String ASSET = "asset://";

    private Conversions() {}

    static CommandLine register(CommandLine commandLine) {
        register(commandLine, Duration.class, Durations::parse);
        register(commandLine, RequestRate.class, RequestRate::parse);
        register(commandLine, Provider.class, Provider::of);
        register(commandLine, JsonField.class, JsonField::parse);
        register(commandLine, ProviderField.class, ProviderField::parse);
        register(commandLine, Header.class, Header::parse);
        register(commandLine, ImageReference.class, Conversions::reference);
        register(commandLine, Size.class, Size::of);
        register(commandLine, AspectRatio.class, AspectRatio::of);
        register(commandLine, Resolution.class, Resolution::of);
        register(commandLine, Quality.class, Quality::of);
        register(commandLine, Background.class, Background::of);
        register(commandLine, OutputFormat.class, OutputFormat::of);
        register(commandLine, ResponseFormat.class, ResponseFormat::of);
        return commandLine;
    }

    private static <T> void register(CommandLine commandLine, Class<T> type, Function<String, T> conversion) {
        commandLine.registerConverter(type, word -> {
            try {
                return conversion.apply(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }

    private static ImageReference reference(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith("data:")) {
            return ImageReference.dataUrl(word);
        }
        if (lower.startsWith(ASSET)) {
            return ImageReference.stored(word.substring(ASSET.length()));
        }
        return lower.startsWith("http://") || lower.startsWith("https://")
                ? ImageReference.url(URI.create(word))
                : ImageReference.file(Path.of(word));
    }
}
