package example.postcard;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Puts the postcard gateway into the list; its jar names this class in {@code META-INF/services}. */
public final class PostcardProvider implements GatewayProvider {

    @Override
    public String name() {
        return "postcard";
    }

    @Override
    public String displayName() {
        return "Postcards by wish";
    }

    @Override
    public String defaultModel() {
        return "any";
    }

    @Override
    public List<ImageOption<?>> options() {
        return List.of(PostcardDialect.STAMP);
    }

    @Override
    public Dialect dialect() {
        return new PostcardDialect();
    }
}
