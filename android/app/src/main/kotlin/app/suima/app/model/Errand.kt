package app.suima.app.model

import kotlinx.coroutines.Job

/** What a [model] asks the issuer for, one thing at a time. [show] shows that it is asked for, and then that it no longer is. */
internal class Errand(private val model: Model<*>, private val show: (busy: Boolean) -> Unit) {
    private var job: Job? = null

    /** Asks for something in its turn. */
    fun ask(what: suspend () -> Unit) {
        model.act { begin(what) }
    }

    /** Asks for something now, in a turn of the model; for nothing while something else is asked for. */
    fun begin(what: suspend () -> Unit) {
        if (job?.isActive == true) return
        show(true)
        job = model.act {
            try {
                what()
            } finally {
                show(false)
            }
        }
    }

    /** Waits no longer for an answer. */
    fun cancel() {
        job?.cancel()
    }
}
