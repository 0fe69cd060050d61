package consumer.kotlin

import dev.darkroom.ImageClient
import dev.darkroom.emulator.ImageEmulator
import dev.darkroom.emulator.RunningEmulator
import dev.darkroom.emulator.fault.Fault
import dev.darkroom.emulator.journal.Entry
import dev.darkroom.image.ImageEvent
import dev.darkroom.image.ImageRequest
import dev.darkroom.image.RejectedException
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

/** Flows, coroutines that are cancelled, and one bill for each collection. */
@Timeout(120)
class CoroutinesTest {

    private val emulator: RunningEmulator = ImageEmulator.create().partials(2).shrink(16).start()

    private val request = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true)

    private fun client() = ImageClient.openRouter("sk-test").baseUrl(emulator.openRouterBaseUrl().toString())

    @AfterEach
    fun close() = emulator.close()

    @Test
    fun `a flow tells each preview and ends with the picture`(@TempDir folder: Path) = runBlocking {
        client().use { images ->
            val told = mutableListOf<String>()
            val file = folder.resolve("lighthouse.png")
            images.generate(request).asFlow().collect { event ->
                told += when (event) {
                    is ImageEvent.Partial -> "preview ${event.partialIndex} of image ${event.imageIndex}"
                    is ImageEvent.TextChunk -> event.text
                    is ImageEvent.ImageReady -> "image ${event.image.index()}"
                    is ImageEvent.ImageFailed -> "no image ${event.failure.index}"
                    is ImageEvent.Completed -> "saved as ${event.result.first().writeTo(file).awaitSingle().fileName}"
                }
            }

            val expected = listOf("preview 0 of image 0", "preview 1 of image 0", "image 0", "saved as lighthouse.png")
            assertEquals(expected, told)
            assertTrue(Files.size(file) > 100)
        }
    }

    @Test
    fun `a flow pays once for each collection, and a result once`() = runBlocking {
        client().use { images ->
            val flow = images.generate(request).asFlow()
            val result = images.result(request)
            assertEquals(listOf<Entry>(), emulator.journal().entries())

            val first = flow.toList().last()
            val second = flow.toList().last()
            assertEquals(1, (first as ImageEvent.Completed).result.images().size)
            assertEquals(1, (second as ImageEvent.Completed).result.images().size)
            assertEquals(2, emulator.journal().accepted().size)

            assertEquals(1, result.awaitSingle().images().size)
            assertEquals(3, emulator.journal().accepted().size)
        }
    }

    @Test
    fun `cancelling the coroutine closes the call`() = runBlocking {
        emulator.enqueue(Fault.STALL.after(1))
        client().use { images ->
            val shown = CompletableDeferred<ImageEvent>()
            val painting = launch { images.generate(request).asFlow().collect { shown.complete(it) } }
            shown.await()
            painting.cancelAndJoin()
            assertTrue(nextCancelled().isCancelled)
        }
    }

    @Test
    fun `whoever has seen enough of a flow closes the call`() = runBlocking {
        emulator.enqueue(Fault.STALL.after(1))
        client().use { images ->
            val preview = images.generate(request).asFlow().first()
            assertEquals(0, (preview as ImageEvent.Partial).partialIndex)
            assertTrue(nextCancelled().isCancelled)
        }
    }

    @Test
    fun `where one of several fails, the calls of its siblings are closed`() {
        emulator.enqueue(Fault.STALL.after(1))
        emulator.enqueue(Fault.MODERATION)
        client().use { images ->
            val failure = assertThrows<RejectedException> {
                runBlocking {
                    val shown = CompletableDeferred<ImageEvent>()
                    async { images.generate(request).asFlow().onEach { shown.complete(it) }.toList() }
                    async { shown.await(); images.result(request).awaitSingle() }
                }
            }
            assertEquals(RejectedException.Reason.MODERATION, failure.reason())
            assertEquals(1, nextCancelled().number)
        }
    }

    /** The first call that was closed by us; an emulator that never hears of it fails the test. */
    private fun nextCancelled(): Entry = emulator.journal().cancelled().block(Duration.ofMinutes(1))!!
}
