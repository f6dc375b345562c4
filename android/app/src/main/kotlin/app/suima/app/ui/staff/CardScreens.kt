package app.suima.app.ui.staff

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.suima.app.model.Banner
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingState
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Field
import app.suima.app.ui.parts.Line
import app.suima.app.ui.parts.Page
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Typed
import app.suima.app.ui.parts.say

/** An ID card: its number, as it was read or typed, and the name on it, where that is compared or kept. */
@Composable
internal fun IdCardScreen(
    number: String?,
    banners: List<Banner>,
    onRemedy: (Remedy) -> Unit,
    onBack: () -> Unit,
    act: Label,
    wantsName: Boolean = true,
    onCard: (idNumber: String, name: String) -> Unit,
) {
    var typed by rememberSaveable(number) { mutableStateOf(number.orEmpty()) }
    var name by rememberSaveable(number) { mutableStateOf("") }
    Page(
        say(Label.ID_CARD),
        onBack,
        banners,
        onRemedy,
        bottom = {
            PressButton(
                say(act),
                { onCard(typed, name) },
                Modifier.fillMaxWidth(),
                enabled = typed.isNotBlank() && (name.isNotBlank() || !wantsName),
            )
        },
    ) {
        Field(say(Label.ID_NUMBER), typed, { typed = it }, typed = Typed.CAPITALS)
        if (wantsName) Field(say(Label.CARD_NAME), name, { name = it })
    }
}

/** Somebody who is not in the register. */
@Composable
fun ByHandScreen(
    state: SamplingState,
    onRemedy: (Remedy) -> Unit,
    onBack: () -> Unit,
    onPerson: (name: String, document: String?, contact: String) -> Unit,
) {
    var name by rememberSaveable { mutableStateOf("") }
    var document by rememberSaveable { mutableStateOf("") }
    var contact by rememberSaveable { mutableStateOf("") }
    Page(
        say(Label.BY_HAND),
        onBack,
        state.banners,
        onRemedy,
        bottom = {
            PressButton(
                say(Label.REGISTER),
                { onPerson(name, document.ifBlank { null }, contact) },
                Modifier.fillMaxWidth(),
                enabled = name.isNotBlank() && contact.isNotBlank(),
            )
        },
    ) {
        Line(say(Label.BY_HAND_HOW))
        Field(say(Label.NAME), name, { name = it })
        Field(say(Label.DOCUMENT_IF_ANY), document, { document = it }, typed = Typed.CAPITALS)
        Field(say(Label.CONTACT), contact, { contact = it }, typed = Typed.PHONE)
    }
}

/** Hands the session over to the next shift. */
@Composable
fun HandOverScreen(state: SamplingState, onRemedy: (Remedy) -> Unit, onBack: () -> Unit, onStaff: (String) -> Unit) {
    var staff by rememberSaveable { mutableStateOf("") }
    Page(
        say(Label.HAND_OVER),
        onBack,
        state.banners,
        onRemedy,
        bottom = { PressButton(say(Label.HAND_OVER), { onStaff(staff) }, Modifier.fillMaxWidth(), enabled = staff.isNotBlank()) },
    ) {
        state.session?.let {
            Fact(say(Label.SITE), it.site)
            Fact(say(Label.NOW_ON_DUTY), it.staff)
        }
        Field(say(Label.HAND_OVER_TO), staff, { staff = it })
    }
}
