package app.suima.app.model

import suima.Said

/** The screen Enrol, of a phone or of a station. */
data class EnrolState(
    /** Whether this device is enrolled: the screen is left. */
    val enrolled: Boolean = false,
    /** What was typed so far. */
    val code: String = "",
    /** What enrolling ends: to be asked before it is done. */
    val question: Said? = null,
    /** Whether the issuer is being asked. */
    val busy: Boolean = false,
    /** That what was kept had to be emptied, that the device was ended, or why it was not enrolled. */
    val banners: List<Banner> = emptyList(),
)

/** What the screen Enrol can ask for. */
interface EnrolActions {
    /** Takes what stands in the field for the activation code. */
    fun type(code: String)

    /** Goes on with the code that was typed: asks the [EnrolState.question], or enrols where nothing is to be asked. */
    fun enrol()

    /** Agrees to the question: enrols. */
    fun agree()

    /** Declines the question, or waits no longer for an answer. */
    fun cancel()
}
