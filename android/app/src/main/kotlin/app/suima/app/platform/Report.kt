package app.suima.app.platform

import android.content.Intent
import android.os.Build
import app.suima.app.model.Language
import app.suima.app.model.Words

/** A message to the makers, which the user finishes and sends. It says what the phone is, and nothing about anybody. */
fun reportIntent(version: String, language: Language): Intent {
    val phone = "Suima $version, Android ${Build.VERSION.RELEASE}, ${Build.MANUFACTURER} ${Build.MODEL}"
    val message = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, phone)
    return Intent.createChooser(message, Words.REPORT.text(language))
}
