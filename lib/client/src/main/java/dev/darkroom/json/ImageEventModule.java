package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;

/**
 * Teaches a mapper of Jackson to write and to read {@link ImageEvent}, {@link GeneratedImage}, {@link ImageResult},
 * {@link ImageException} and {@link JsonEvent}. Mappers which look for modules find it:
 *
 * <pre>{@code
 * var mapper = JsonMapper.builder().findAndAddModules().build();
 * var mapper = JsonMapper.builder().addModule(new ImageEventModule(ImageForm.OMITTED)).build();
 * }</pre>
 *
 * <p>What is written has the same members whatever else the mapper is told (names, dates, what to leave out); the form is described in
 * {@code lib/docs/events.md}. A value by itself has all of its pictures; in a stream each is sent once, with {@link JsonEvents#write()}.
 *
 * <p>Reading is liberal: members which nobody knows are passed over, words which nobody knows have the meaning that costs least (an
 * unknown kind of failure is an outcome unknown, which nobody tries again). Where an {@link ImageEvent} is asked for, a failure is thrown as
 * what it is, and a type that is no event of a generation is null; ask for {@link JsonEvent} to have them all.
 */
public final class ImageEventModule extends JacksonModule {

    private final ImageForm form;

    /** Pictures as base64. */
    public ImageEventModule() {
        this(ImageForm.BASE64);
    }

    /**
     * Pictures in a form. One that is added behind another of these takes its place.
     *
     * @param form of all pictures, except in a stream that has its own
     */
    public ImageEventModule(ImageForm form) {
        this.form = form;
    }

    @Override
    public String getModuleName() {
        return ImageEventModule.class.getName();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    /** Each mapper of an application has this module, and most are never asked for its types. */
    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new LazySerializers(form));
        context.addDeserializers(new LazyDeserializers());
    }
}
