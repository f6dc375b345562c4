package app.suima.app.platform

import app.suima.app.model.BannerKind
import app.suima.app.model.Remedy
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import suima.CoreException
import suima.InternalException
import suima.Said
import suima.Trouble

class PartTest {
    private val opened = AtomicInteger()

    @Test
    fun `a part is opened when it is needed, and once, however many need it`() {
        val part = Part(Dispatchers.Default) { opened.incrementAndGet() }
        assertEquals(PartState.Closed, part.state.value)
        runBlocking { List(50) { async(Dispatchers.Default) { part.open() } }.awaitAll() }.forEach { assertEquals(1, it) }
        assertEquals(1, part.value)
    }

    @Test
    fun `a locked phone is told as what to do about it, and the next try finds it unlocked`() {
        val part = Part(Dispatchers.Default) {
            if (opened.incrementAndGet() == 1) throw CoreException.TryAgain(TROUBLE)
            "open"
        }
        assertNull(runBlocking { part.open() })
        val failed = assertIs<PartState.Failed>(part.state.value)
        assertEquals(Remedy.TRY_AGAIN, failed.banner?.remedy)
        assertEquals(BannerKind.PROBLEM, failed.banner?.kind)
        assertEquals(TROUBLE.said, failed.banner?.said)
        assertEquals("open", runBlocking { part.open() })
    }

    @Test
    fun `a fault in opening is told, and ends nothing`() {
        val part = Part<String>(Dispatchers.Default) { throw InternalException("panicked") }
        assertNull(runBlocking { part.open() })
        val failed = assertIs<PartState.Failed>(part.state.value)
        assertEquals(Remedy.REPORT to "panicked", failed.banner?.let { it.remedy to it.id })
    }

    @Test
    fun `what was closed for good is opened anew`() {
        val part = Part(Dispatchers.Default) { opened.incrementAndGet() }
        runBlocking {
            assertEquals(1, part.open())
            assertEquals(2, part.reopen())
            assertEquals(2, part.open())
        }
    }

    private companion object {
        val TROUBLE = Trouble("keystore", null, Said("请先解锁手机。", "Unlock the phone first."), "")
    }
}
