package consumer.kotlin

import dev.darkroom.ImageClient
import dev.darkroom.gateway.OpenRouter
import dev.darkroom.image.Billed
import dev.darkroom.image.FailureDetails
import dev.darkroom.image.GeneratedImage
import dev.darkroom.image.GenerationFailedException
import dev.darkroom.image.ImageEvent
import dev.darkroom.image.ImageException
import dev.darkroom.image.ImageGenerator
import dev.darkroom.image.ImageOption
import dev.darkroom.image.ImageRequest
import dev.darkroom.image.ImageResult
import dev.darkroom.image.OutcomeUnknownException
import dev.darkroom.image.PartialResult
import dev.darkroom.image.RateLimitedException
import dev.darkroom.image.RejectedException
import dev.darkroom.image.Size
import dev.darkroom.image.UnavailableException
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import reactor.core.publisher.Flux
import reactor.util.context.Context

/** What the API says by its types, and that Kotlin hears it. */
class TypesTest {

    private val request = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn")

    private val png = byteArrayOf(0x89.toByte(), 'P'.code.toByte(), 'N'.code.toByte(), 'G'.code.toByte(), 13, 10, 26, 10)

    @Test
    fun `what may be null has a type that says so, and nothing else has`() {
        val image = GeneratedImage.of(0, png)
        val result = ImageResult.of(listOf(image))
        val failure: ImageException = RateLimitedException("rate limited", FailureDetails.NONE, Instant.EPOCH)

        val nullable = listOf(
            Typed(request.size()).let { kind(it) },
            Typed(request.user()).let { kind(it) },
            Typed(request.deadline()).let { kind(it) },
            Typed(image.mediaType()).let { kind(it) },
            Typed(image.url()).let { kind(it) },
            Typed(result.usage()).let { kind(it) },
            Typed(failure.retryAt()).let { kind(it) },
            Typed(failure.reason()).let { kind(it) },
        )
        assertEquals(List(nullable.size) { "may be null" }, nullable)

        val never = listOf(
            Typed(request.model()).let { kind(it) },
            Typed(request.references()).let { kind(it) },
            Typed(image.toByteArray()).let { kind(it) },
            Typed(result.first()).let { kind(it) },
            Typed(result.images()).let { kind(it) },
            Typed(result.warnings()).let { kind(it) },
            Typed(failure.outcome()).let { kind(it) },
            Typed(failure.partialResult()).let { kind(it) },
        )
        assertEquals(List(never.size) { "is never null" }, never)
    }

    @Test
    fun `each failure is one of five`() {
        // no "else": a sixth would not compile
        fun advice(failure: ImageException) = when (failure) {
            is RateLimitedException, is UnavailableException -> "later, from ${failure.retryAt()}"
            is RejectedException -> "change the ${failure.reason()}"
            is GenerationFailedException -> "billed: ${failure.billed()}"
            is OutcomeUnknownException -> "perhaps paid, ${failure.partialResult().images.size} pictures"
        }

        assertEquals("later, from null", advice(UnavailableException("never accepted", FailureDetails.NONE, null, null)))
        assertEquals(
            "change the CREDITS",
            advice(RejectedException(RejectedException.Reason.CREDITS, "refused for good", FailureDetails.NONE)),
        )
        assertEquals(
            "billed: NO",
            advice(GenerationFailedException("tried, and failed", FailureDetails.NONE, Billed.NO, PartialResult.NOTHING)),
        )
    }

    @Test
    fun `a fake, a decoration, a key and settings are lambdas`() {
        val fake = ImageGenerator { Flux.just(ImageEvent.completed(png)) }
        assertEquals("image/png", fake.result(request).block()?.first()?.mediaType())

        ImageClient.openRouter("sk-test")
            .apiKey { System.getenv("NOT_A_VARIABLE_OF_ANYBODY") }
            .timeouts { it.silence(Duration.ofMinutes(1)) }
            .limits { it.images(32) }
            .rateLimits { limits -> limits.onThrottled { println("rate limited until ${it.until}") } }
            .decorate { fake }
            .use { images -> assertEquals(1, images.result(request).block()?.images()?.size) }
    }

    @Test
    fun `options read like fields of the request`() {
        val sized = request.size(Size.pixels(1024, 768)).seed(7).with(OpenRouter.SESSION_ID, "evening")

        assertEquals(7L, sized[ImageOption.SEED].orElse(null))
        assertEquals("evening", sized[OpenRouter.SESSION_ID].orElse(null))
        assertEquals(1024, sized.size()?.width())
    }

    @Test
    fun `the context of a coroutine reaches the generation`() = runBlocking {
        val fake = ImageGenerator {
            Flux.deferContextual { context -> Flux.just(ImageEvent.completed(context.get<ByteArray>("picture"))) }
        }
        withContext(Context.of("picture", png).asCoroutineContext()) {
            assertEquals("image/png", fake.result(request).awaitSingle().first().mediaType())
        }
    }

    /** Holds a type fast, so that it cannot widen: one that Kotlin knows nothing of ("String!") fits both functions and does not compile. */
    private class Typed<T>(val value: T)

    @JvmName("nullable")
    private fun <T : Any> kind(@Suppress("UNUSED_PARAMETER") typed: Typed<T?>) = "may be null"

    private fun <T : Any> kind(@Suppress("UNUSED_PARAMETER") typed: Typed<T>) = "is never null"
}
