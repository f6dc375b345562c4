package app.suima.app.ui.citizen

import androidx.compose.foundation.ExperimentalFoundationApi
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.rememberPagerState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.suima.app.model.CodeKind
import app.suima.app.model.CodesActions
import app.suima.app.model.CodesState
import app.suima.app.model.Remedy
import app.suima.app.model.Words
import app.suima.app.ui.Label
import app.suima.app.ui.parts.Banners
import app.suima.app.ui.parts.Choice
import app.suima.app.ui.parts.Fact
import app.suima.app.ui.parts.Pair
import app.suima.app.ui.parts.PressButton
import app.suima.app.ui.parts.Sign
import app.suima.app.ui.parts.SteppingBand
import app.suima.app.ui.parts.Told
import app.suima.app.ui.parts.Way
import app.suima.app.ui.parts.Weight
import app.suima.app.ui.parts.minute
import app.suima.app.ui.parts.say
import app.suima.app.ui.parts.second
import app.suima.app.ui.theme.Suima

/**
 * The codes: whose, the code, until when, as of when. The code stands at one place whatever is said, so that
 * nothing moves under a scanner; what is to be said stands beneath it.
 */
@Composable
fun CodesScreen(state: CodesState, actions: CodesActions, onRemedy: (Remedy) -> Unit, onNews: () -> Unit) {
    val question = state.question
    if (question != null) {
        RegenerateScreen(question, state.index, actions)
        return
    }
    Column(Modifier.fillMaxSize().background(Suima.colours.page.ground)) {
        Choice(
            listOf(CodeKind.LIVE to say(Words.LIVE_CODE), CodeKind.NUCLEIC_ACID to say(Words.NUCLEIC_ACID_CODE)),
            state.kind,
            actions::show,
            Modifier.padding(12.dp, 4.dp),
        )
        Column(Modifier.weight(1f).fillMaxWidth().verticalScroll(rememberScrollState())) {
            People(state, actions, onRemedy)
            Column(Modifier.fillMaxWidth().padding(12.dp, 8.dp), Arrangement.spacedBy(10.dp)) {
                state.outcome?.let { outcome ->
                    Told(say(outcome.said), Suima.colours.notice, Sign.NOTE)
                    PressButton(say(Label.READ), actions::dismissOutcome, Modifier.fillMaxWidth(), Weight.PLAIN)
                }
                Banners(state.banners, onRemedy)
                Facts(state)
                Deeds(state, actions)
                if (state.news.isNotEmpty()) Way(say(Label.NEWS_COUNT, state.news.size), onNews)
            }
        }
    }
}

/** The people, one to a page: swiped, or by the buttons beside the name. */
@OptIn(ExperimentalFoundationApi::class)
@Composable
private fun People(state: CodesState, actions: CodesActions, onRemedy: (Remedy) -> Unit) {
    val people = state.people
    val now by rememberUpdatedState(state)
    val pager = rememberPagerState(state.index.coerceAtLeast(0)) { people.size }
    LaunchedEffect(state.slot) {
        if (state.index >= 0 && state.index != pager.currentPage) pager.animateScrollToPage(state.index)
    }
    LaunchedEffect(pager) {
        snapshotFlow { pager.settledPage }.collect { page ->
            val person = now.people.getOrNull(page)
            if (person != null && person.slot != now.slot) actions.show(person.slot)
        }
    }
    HorizontalPager(pager, Modifier.fillMaxWidth()) { page ->
        Column(Modifier.fillMaxWidth()) {
            SteppingBand(people, page, actions::show)
            CodeFrame(state, people[page], onRemedy)
        }
    }
}

/** Until when, and as of when. */
@Composable
private fun Facts(state: CodesState) {
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(2.dp)) {
        state.live?.let { live ->
            if (!Suima.elder) Fact(say(Label.NOW), second(live.drawnAt))
            if (Suima.elder) Fact(say(Label.STATUS_AS_OF), minute(live.colourAsOf))
            Fact(say(Label.OFFLINE_UNTIL), minute(live.countsUntil))
            Fact(say(Label.AS_OF), minute(live.asOf))
        }
        state.nucleicAcid?.let { code ->
            if (!Suima.elder) Fact(say(Label.MADE_BY), "${code.made.by}  ${minute(code.made.at)}")
            Fact(say(Label.AS_OF), minute(code.asOf))
        }
    }
}

@Composable
private fun Deeds(state: CodesState, actions: CodesActions) {
    val code = state.nucleicAcid
    when {
        state.regenerating -> Told(say(Label.REGENERATING), Suima.colours.offline, Sign.NOTE)
        state.kind == CodeKind.NUCLEIC_ACID && code != null -> Pair(
            { PressButton(say(Label.SAVE_PICTURE), actions::savePicture, it, Weight.PLAIN) },
            { PressButton(say(Label.REGENERATE), actions::askToRegenerate, it, Weight.PLAIN) },
        )
        state.kind == CodeKind.NUCLEIC_ACID ->
            PressButton(say(Label.REGENERATE), actions::askToRegenerate, Modifier.fillMaxWidth(), Weight.PLAIN)
        state.absent?.remedy != null -> Unit
        else -> PressButton(
            say(if (state.refreshing) Label.REFRESHING else Label.REFRESH),
            actions::refresh,
            Modifier.fillMaxWidth(),
            Weight.PLAIN,
            enabled = !state.refreshing,
        )
    }
}
