package dev.darkroom.livepreview;

import dev.darkroom.image.ImageGenerator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/**
 * What all previews of an application share.
 *
 * @param properties the limits
 * @param store where pictures lie
 * @param generators gives the application's generator, or says why there is none
 * @param estimates of costs
 * @param running how many generations are under way
 * @param clock of every wait
 * @param expired hears the id of a preview that forgets itself
 */
record PreviewSurroundings(
        LivePreviewProperties properties,
        PictureStore store,
        Supplier<ImageGenerator> generators,
        CostEstimates estimates,
        RunningLimit running,
        Scheduler clock,
        Consumer<String> expired) {

    ImageGenerator generator() {
        return generators.get();
    }
}
