package app.suima.app.platform

import android.content.Context
import android.media.AudioManager
import android.media.ToneGenerator
import android.os.Build
import android.os.VibrationEffect
import android.os.Vibrator
import android.os.VibratorManager
import app.suima.app.model.Signals
import suima.Signal

/**
 * How a verdict sounds and feels. Each differs from the others in length and in number, so that neither pitch nor sight is
 * needed to tell them apart; loud enough for a street in the rain.
 *
 * @property tone one of [ToneGenerator]'s
 * @property toneMs how long
 * @property vibration in milliseconds: silence and vibration in turns
 */
internal data class VerdictPattern(val tone: Int, val toneMs: Int, val vibration: List<Long>)

internal val Signal.pattern: VerdictPattern
    get() = when (this) {
        Signal.ADMIT -> VerdictPattern(ToneGenerator.TONE_PROP_ACK, 150, listOf(0, 60))
        Signal.ATTENTION -> VerdictPattern(ToneGenerator.TONE_PROP_BEEP2, 400, listOf(0, 120, 100, 120, 100, 120))
        Signal.REFUSE -> VerdictPattern(ToneGenerator.TONE_SUP_ERROR, 700, listOf(0, 350, 150, 350))
    }

/** Sound and vibration for the verdicts of a staff member's phone. */
class VerdictSignals(context: Context) : Signals {
    private val vibrator: Vibrator = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
        context.getSystemService(VibratorManager::class.java).defaultVibrator
    } else {
        @Suppress("DEPRECATION") // What came after it begins with Android 12.
        context.getSystemService(Vibrator::class.java)
    }

    // Where the phone has no tone to spare, light and vibration remain.
    private val tones: ToneGenerator? = try {
        ToneGenerator(AudioManager.STREAM_MUSIC, ToneGenerator.MAX_VOLUME)
    } catch (_: RuntimeException) {
        null
    }

    override fun give(signal: Signal) {
        val pattern = signal.pattern
        tones?.startTone(pattern.tone, pattern.toneMs)
        vibrator.vibrate(VibrationEffect.createWaveform(pattern.vibration.toLongArray(), NO_REPEAT))
    }

    private companion object {
        const val NO_REPEAT = -1
    }
}
