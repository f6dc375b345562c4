import kotlin.test.assertContains
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import suima.CancelHandle
import suima.CoreException
import suima.FfiConverterOptionalTypeCancelHandle
import suima.FfiConverterString
import suima.FfiConverterTypeRegeneratedView
import suima.InternalException
import suima.RustBuffer
import suima.UniffiLib
import suima.UniffiRustCallStatus
import suima.uniffiRustCallAsync

/** What no caller can do wrong, done wrong: arguments that are none, past the generated code. */
class PanicTest {
    /** A buffer of the core with this one number in it. */
    private fun malformed(number: Int): RustBuffer.ByValue {
        val buffer = UniffiLib.ffi_suima_rustbuffer_alloc(Int.SIZE_BYTES.toLong(), UniffiRustCallStatus())
        assertNotNull(buffer.data).setInt(0, Integer.reverseBytes(number))
        buffer.len = Int.SIZE_BYTES.toLong()
        return buffer
    }

    @Test
    fun aPanicInACallArrivesAsAnErrorAndTheStationGoesOn() = inACity { city ->
        val station = city.samplingStation()
        val status = UniffiRustCallStatus()
        val text = FfiConverterString.lower("SM1:")
        UniffiLib.uniffi_suima_fn_method_station_check(station.uniffiCloneHandle(), text, malformed(99), status)
        assertTrue(status.isPanic())
        assertContains(FfiConverterString.lift(status.error_buf), "place")
        assertTrue(station.status().enrolled)
    }

    @Test
    fun aPanicInACallThatIsWaitedForArrivesAsAnExceptionAndTheWalletGoesOn() = inACity { city ->
        val phone = city.enrolledPhone()
        val none: CancelHandle? = null
        val thrown = assertFailsWith<InternalException> {
            uniffiRustCallAsync(
                UniffiLib.uniffi_suima_fn_method_wallet_regenerate(
                    phone.uniffiCloneHandle(),
                    malformed(0),
                    FfiConverterOptionalTypeCancelHandle.lower(none),
                ),
                UniffiLib::ffi_suima_rust_future_poll_rust_buffer,
                UniffiLib::ffi_suima_rust_future_complete_rust_buffer,
                UniffiLib::ffi_suima_rust_future_free_rust_buffer,
                FfiConverterTypeRegeneratedView::lift,
                CoreException.ErrorHandler,
            )
        }
        assertContains(assertNotNull(thrown.message), "confirm")
        assertTrue(phone.showLive(phone.me).text.startsWith("SM1:"))
    }
}
