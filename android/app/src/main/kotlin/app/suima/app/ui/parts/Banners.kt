package app.suima.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.unit.dp
import app.suima.app.model.Banner
import app.suima.app.model.BannerKind
import app.suima.app.model.Remedy
import app.suima.app.model.word
import app.suima.app.ui.theme.Inked
import app.suima.app.ui.theme.Suima

/** A sentence with its sign, told to a screen reader as soon as it appears. */
@Composable
internal fun Told(text: String, look: Inked, sign: Sign, modifier: Modifier = Modifier, style: TextStyle = Suima.type.small) {
    Row(
        modifier.fillMaxWidth().clip(corner).background(look.ground).padding(12.dp, 10.dp)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        Arrangement.spacedBy(10.dp),
        Alignment.CenterVertically,
    ) {
        Sign(sign, look.ink, Suima.type.sign)
        Text(text, Modifier.weight(1f), color = look.ink, style = style)
    }
}

/** What is to be said beside a screen, each with the button of its remedy. */
@Composable
internal fun Banners(banners: List<Banner>, onRemedy: (Remedy) -> Unit, modifier: Modifier = Modifier) {
    if (banners.isEmpty()) return
    Column(modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
        banners.forEach { banner ->
            Told(say(banner.said), look(banner.kind), sign(banner.kind))
            banner.remedy?.let { remedy ->
                PressButton(say(remedy.word), { onRemedy(remedy) }, Modifier.fillMaxWidth(), Weight.PLAIN)
            }
        }
    }
}

@Composable
private fun look(kind: BannerKind): Inked = when (kind) {
    BannerKind.NOTICE -> Suima.colours.notice
    BannerKind.OFFLINE -> Suima.colours.offline
    BannerKind.PROBLEM -> Suima.colours.problem
    BannerKind.DONE -> Suima.colours.done
}

private fun sign(kind: BannerKind): Sign = when (kind) {
    BannerKind.NOTICE -> Sign.LOOK
    BannerKind.OFFLINE -> Sign.OFFLINE
    BannerKind.PROBLEM -> Sign.NO
    BannerKind.DONE -> Sign.YES
}
