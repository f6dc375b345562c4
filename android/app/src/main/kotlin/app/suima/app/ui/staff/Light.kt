package app.suima.app.ui.staff

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.unit.dp
import app.suima.app.model.Banner
import app.suima.app.model.Remedy
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Banners
import app.suima.app.ui.parts.Foot
import app.suima.app.ui.parts.Heading
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.SignButton
import app.suima.app.ui.parts.Viewfinder
import app.suima.app.ui.parts.corner
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Suima
import suima.StationStatus

/** A screen that is one light: its whole ground has the colour of the verdict, with the camera above and [foot] below. */
@Composable
internal fun Light(
    look: Inked,
    title: String,
    beneath: String?,
    count: String?,
    onBack: () -> Unit,
    finder: Viewfinder,
    onText: (String) -> Unit,
    banners: List<Banner>,
    onRemedy: (Remedy) -> Unit,
    foot: (@Composable ColumnScope.() -> Unit)?,
    content: @Composable () -> Unit,
) {
    Column(Modifier.fillMaxSize().background(look.ground)) {
        Row(
            Modifier.fillMaxWidth().heightIn(min = 64.dp).padding(4.dp, 0.dp, 16.dp, 0.dp),
            Arrangement.spacedBy(4.dp),
            Alignment.CenterVertically,
        ) {
            SignButton(Sign.BACK, say(Label.BACK), onBack, ink = look.ink)
            Column(Modifier.weight(1f)) {
                Heading(title, style = Suima.type.button, ink = look.ink)
                beneath?.let { Text(it, color = look.ink, style = Suima.type.small) }
            }
            count?.let { Text(it, color = look.ink, style = Suima.type.title) }
        }
        finder(
            onText,
            Modifier.padding(horizontal = 16.dp).fillMaxWidth().height(if (Suima.elder) 64.dp else 88.dp).clip(corner).border(2.dp, look.ink, corner),
        )
        Box(Modifier.weight(1f).fillMaxWidth(), Alignment.Center) {
            Column(
                Modifier.fillMaxWidth().verticalScroll(rememberScrollState()).padding(16.dp, 10.dp),
                Arrangement.spacedBy(10.dp),
            ) {
                content()
                Banners(banners, onRemedy)
            }
        }
        foot?.let { Foot(it) }
    }
}

/** How old the station's knowledge is. */
@Composable
internal fun knowledge(status: StationStatus?): String =
    "${say(Label.LISTS_AS_OF)} ${status?.asOf?.let { minute(it) } ?: say(Label.NEVER_SYNCED)}"
