package app.suima.app.ui

import app.suima.app.model.Banner
import app.suima.app.model.BannerKind
import app.suima.app.model.ChallengeState
import app.suima.app.model.CodeKind
import app.suima.app.model.CodesState
import app.suima.app.model.DoorState
import app.suima.app.model.DoorVerdict
import app.suima.app.model.EndQuestion
import app.suima.app.model.EnrolState
import app.suima.app.model.FamilyState
import app.suima.app.model.HoldersState
import app.suima.app.model.MaybeTwiceQuestion
import app.suima.app.model.PaperState
import app.suima.app.model.RegenerationQuestion
import app.suima.app.model.Remedy
import app.suima.app.model.SamplingState
import app.suima.app.model.SamplingVerdict
import app.suima.app.model.SealState
import app.suima.app.model.SentAsk
import app.suima.app.model.UploadState
import java.time.Instant
import suima.AskView
import suima.AskedAct
import suima.AskingPlace
import suima.CautionKind
import suima.CautionView
import suima.ChallengeView
import suima.Colour
import suima.ConfirmOutcome
import suima.ConfirmedView
import suima.ConflictKind
import suima.ConflictView
import suima.EndedHoldingView
import suima.KeptCodeView
import suima.KeptKind
import suima.NamedSlot
import suima.NewsKind
import suima.NewsView
import suima.NotInRegisterView
import suima.OneTimeCode
import suima.PersonView
import suima.Relation
import suima.ReminderKind
import suima.ReminderView
import suima.RegeneratedView
import suima.RegenerationOutcome
import suima.Said
import suima.SavedView

/** A state of the app that is looked at; [press] is pressed first, in Chinese and in English. */
data class Shot(val name: String, val state: AppState, val press: List<Pair<String, String>> = emptyList()) {
    /** Whether a citizen sees it: by night too. */
    val citizen: Boolean get() = state.screen < Screen.STAFF
}

private val now: Instant = Reality.live.drawnAt
private val me = Reality.family.first()

/** With a name as long as names get on ID cards, and somebody not held. */
private val people: List<PersonView> = Reality.family.filter { it.held } + listOf(
    me.copy(slot = 900u, relation = Relation.RELATIVE, name = "买买提·阿卜杜拉", birthYear = 1951u),
    me.copy(slot = 901u, relation = Relation.WARD, name = "周桂芳", birthYear = 1938u, held = false, colour = null, nucleicAcidUntil = null),
)
private val held = people.filter { it.held }

private fun notice(zh: String, en: String, kind: BannerKind = BannerKind.NOTICE, remedy: Remedy? = null) = Banner(kind, Said(zh, en), remedy)

private val offline = notice(
    "没有网络，请求未发出。请联网后再试；已保存的码仍可出示。",
    "No network: nothing was sent. Try again online; codes on this phone can still be shown.",
    BannerKind.OFFLINE,
    Remedy.GO_ONLINE,
)
private val since = notice(
    "离线显示，信息截至2026-11-22 09:00（3天前）。",
    "Offline: as known on 2026-11-22 09:00, 3 days ago.",
)
private val doubt = notice(
    "2026-11-23 09:02 的重新生成尚无结果，此码可能已作废。请联网确认。",
    "The code was to be regenerated on 2026-11-23 09:02, with no answer yet: this one may be void. Go online.",
)

private val codes = CodesState(held, me.slot, CodeKind.LIVE, Reality.live)
private val static = CodesState(held, me.slot, CodeKind.NUCLEIC_ACID, nucleicAcid = Reality.code)

private fun codes(name: String, state: CodesState) = Shot("codes-$name", AppState(Screen.CODES, codes = state))

private fun citizen(): List<Shot> = listOf(
    codes("live", codes),
    codes("live-child", codes.copy(slot = Reality.childLive.slot, live = Reality.childLive)),
    codes("live-long-name", codes.copy(slot = 900u, live = Reality.live.copy(slot = 900u, colour = Colour.YELLOW))),
    codes("live-status-old", codes.copy(live = Reality.live.copy(colourIsOld = true))),
    codes("live-red", codes.copy(live = Reality.live.copy(colour = Colour.RED))),
    codes("live-offline-clock", codes.copy(banners = listOf(since) + Reality.clockLive.notices.map { Banner(BannerKind.NOTICE, it) } + offline)),
    codes("nucleic-acid", static),
    codes("nucleic-acid-child", static.copy(slot = Reality.childCode.slot, nucleicAcid = Reality.childCode)),
    codes("in-doubt", static.copy(nucleicAcid = Reality.code.copy(inDoubtSince = now), banners = listOf(doubt, offline), regenerating = true)),
    codes(
        "none",
        codes.copy(
            live = null,
            absent = notice("此码已于2026-11-22 09:00到期。请联网更新。", "This code ended on 2026-11-22 09:00. Go online to renew it.", BannerKind.OFFLINE, Remedy.GO_ONLINE),
        ),
    ),
    codes(
        "regenerated",
        static.copy(
            outcome = RegeneratedView(
                RegenerationOutcome.MADE,
                Said("王小明的新核酸码已于2026-11-23 09:02生成，之前的已作废。", "王小明's new nucleic-acid code was made on 2026-11-23 09:02; earlier ones are void."),
                Reality.code,
                Reality.code.made,
            ),
            news = news,
        ),
    ),
    codes("regenerate", static.copy(question = RegenerationQuestion(me.name, me.relation, Reality.warning))),
    codes(
        "regenerate-again",
        static.copy(
            question = RegenerationQuestion(
                "买买提·阿卜杜拉",
                Relation.RELATIVE,
                Reality.warning,
                Said("𠅤大山已于2026-11-23 09:02生成此码，没有作废任何码。要再生成一个吗？", "𠅤大山 made this one on 2026-11-23 09:02. Nothing was voided. Make another?"),
            ),
        ),
    ),
    checked("current", Reality.saved),
    checked("replaced", Reality.replaced),
    checked("not-yours", Reality.notYours),
    Shot("news", AppState(Screen.NEWS, codes = codes.copy(news = news))),
    Shot("news-none", AppState(Screen.NEWS, codes = codes)),
    Shot("reminders", AppState(Screen.REMINDERS, codes = codes.copy(reminders = reminders))),
    Shot("enrol", AppState(Screen.ENROL, enrol = EnrolState())),
    Shot(
        "enrol-typed",
        AppState(
            Screen.ENROL,
            enrol = EnrolState(
                code = "7K3M-Q9WD-X2RT-8HVB",
                banners = listOf(notice("本机已停用（可能换了新手机），码已清除。请重新开通后使用。", "This phone was ended, perhaps by a newer one; its codes are gone. Enrol again to use it.", BannerKind.PROBLEM)),
            ),
        ),
    ),
    Shot(
        "enrol-question",
        AppState(
            Screen.ENROL,
            enrol = EnrolState(
                code = "7K3M",
                question = Said("开通本机后，您的旧手机及其中的亲属码即停用，核酸码不受影响。要继续吗？", "This ends your earlier phone and the relative codes on it; nucleic-acid codes stay. Go on?"),
            ),
        ),
    ),
    Shot("more", AppState(Screen.MORE, codes = codes.copy(reminders = reminders))),
    Shot("settings", AppState(Screen.SETTINGS)),
    Shot("paper", AppState(Screen.PAPER, paper = PaperState(held, me.slot, Reality.paper))),
    Shot("paper-child", AppState(Screen.PAPER, paper = PaperState(held, Reality.childPaper.slot, Reality.childPaper))),
)

private fun checked(name: String, view: SavedView) = Shot("check-$name", AppState(Screen.CHECK_PICTURE, codes = static.copy(checked = view)))

private val news = listOf(
    NewsView(me.slot, me.name, NewsKind.REGENERATED, now, "𠅤大山", Said("𠅤大山于2026-11-23 09:02重新生成了王小明的核酸码，之前保存或打印的已作废。", "𠅤大山 regenerated 王小明's nucleic-acid code on 2026-11-23 09:02; earlier pictures and prints are void.")),
    NewsView(me.slot, me.name, NewsKind.HELD_BY, now, "𠅤大山", Said("𠅤大山自2026-11-23 09:02起持有王朵朵的随申码。如不同意，可将其结束。", "𠅤大山 has held 王朵朵's live code since 2026-11-23 09:02. You can end that.")),
)
private val reminders = listOf(
    ReminderView(ReminderKind.LiveEnds, me.slot, now, Said("王小明的随申码离线使用至2026-12-07 09:00。请在此前联网一次。", "王小明's live code can be shown offline until 2026-12-07 09:00. Go online once before.")),
    ReminderView(ReminderKind.PaperEnds, 901u, now, Said("周桂芳的离线码有效至2026-12-20。请到PC端或终端再次申领。", "周桂芳's paper code counts until 2026-12-20. Apply again at the portal or a terminal.")),
)
private val ask = AskView(
    "a1", "林晓梅", now, now.plusSeconds(86_400), null,
    Said("林晓梅请求在其手机上持有您的随申码和核酸码，2026-11-24 09:00前可答复。同意吗？", "林晓梅 asks to hold your live and nucleic-acid codes on their phone; answer by 2026-11-24 09:00. Agree?"),
)
private val told = ask.copy(
    id = "a2",
    by = "陈建国",
    code = OneTimeCode("48205917", now.plusSeconds(900)),
    said = Said("请把此一次性码当面告诉陈建国，2026-11-23 09:17前有效。勿告诉他人。", "Tell 陈建国 this one-time code, face to face; it counts until 2026-11-23 09:17. Tell nobody else."),
)
private val familyState = FamilyState(people, listOf(ask))
private val holders = familyState.copy(
    holders = HoldersState(Reality.family.last { it.held }, Reality.holders, Reality.history),
)

private fun family(): List<Shot> = listOf(
    Shot("family", AppState(Screen.FAMILY, family = familyState)),
    Shot("family-busy", AppState(Screen.FAMILY, family = familyState.copy(busy = true, banners = listOf(offline)))),
    Shot("add-relative", AppState(Screen.ADD_RELATIVE, family = familyState)),
    Shot("add-relative-sent", AppState(Screen.ADD_RELATIVE, family = familyState.copy(sent = SentAsk("林德胜", now), added = people.last()))),
    Shot("consent", AppState(Screen.CONSENT, family = familyState.copy(asks = listOf(ask, told)))),
    Shot("consent-none", AppState(Screen.CONSENT, family = familyState.copy(asks = emptyList()))),
    Shot("holders", AppState(Screen.HOLDERS, family = holders)),
    Shot(
        "holders-question",
        AppState(
            Screen.HOLDERS,
            family = holders.copy(
                question = EndQuestion(Reality.holders.first { !it.thisDevice }, Said("𠅤大山手机上王朵朵的随申码将停用，其他人的不受影响。要继续吗？", "王朵朵's live code on 𠅤大山's phone will be refused; nobody else's is touched. Go on?")),
            ),
        ),
    ),
    Shot(
        "holders-ended",
        AppState(
            Screen.HOLDERS,
            family = holders.copy(
                ended = EndedHoldingView(
                    me.slot,
                    Said("𠅤大山手机上王朵朵的随申码已停用。", "王朵朵's live code on 𠅤大山's phone has been ended."),
                    listOf(
                        KeptCodeView(KeptKind.NUCLEIC_ACID, now, Reality.warning.confirm, Said("𠅤大山可能存有王朵朵2026-11-20 08:00制的核酸码图片。要重新生成使其作废吗？", "𠅤大山 may have kept a picture of 王朵朵's nucleic-acid code of 2026-11-20 08:00. Regenerate, so that it is void?")),
                        KeptCodeView(KeptKind.PAPER, now, null, Said("𠅤大山可能存有王朵朵2026-11-01制的离线码。可在PC端或终端再次申领，使其作废。", "𠅤大山 may have 王朵朵's paper code of 2026-11-01. Applying again at the portal or a terminal voids it.")),
                    ),
                ),
            ),
        ),
    ),
    Shot("challenge", AppState(Screen.CHALLENGE, challenge = ChallengeState(listOf(challenge)))),
    Shot("challenge-compare", AppState(Screen.CHALLENGE, challenge = ChallengeState(listOf(challenge), challenge))),
    Shot("challenge-asked", AppState(Screen.CHALLENGE, challenge = ChallengeState(listOf(challenge), challenge)), listOf("数字一致" to "They are the same")),
    Shot(
        "challenge-done",
        AppState(
            Screen.CHALLENGE,
            challenge = ChallengeState(outcome = ConfirmedView("c1", ConfirmOutcome.DONE, Said("已确认。打印的离线码（2026-10-02制）已作废。", "Confirmed. The printed paper code of 2026-10-02 is void."), null)),
        ),
    ),
)

private val challenge = ChallengeView(
    "c1", AskingPlace.TERMINAL, "南京西路社区事务中心 3号", "47", now, now.plusSeconds(60),
    AskedAct.ApplyPaper(NamedSlot(901u, "周桂芳"), now), now,
    Said("自助终端（南京西路社区事务中心 3号）申请为周桂芳再次申领离线码。打印的离线码（2026-10-02制）将作废。同意吗？", "the terminal (南京西路社区事务中心 3号) asks for a new paper code for 周桂芳. The printed one of 2026-10-02 will be void. Agree?"),
    Said("请核对屏幕上的数字是否为47，不一致请勿同意。", "See that the screen shows 47. If it shows anything else, do not agree."),
)

private val tube = SamplingState(Reality.status, Reality.session, listOf(Reality.tube, Reality.otherTube), Reality.tube)
private val cautions = listOf(
    CautionView(CautionKind.VALIDITY_NOT_CHECKED, Said("未能核对此码是否已作废。请尽快联网同步。", "Whether this code was voided could not be checked. Go online to sync soon.")),
    CautionView(CautionKind.ALSO_IN_TUBE, Said("此人今天08:41已登记在试管TUBE0009。如是误扫，请撤销。", "This person was registered in tube TUBE0009 at 08:41 today. Undo if this is a mistake.")),
)
private val odd = Reality.status.copy(
    waiting = 12u,
    conflicts = ConflictKind.entries.map { ConflictView(it, "e", now, "TUBE0001", "王*明", "f") },
    notInRegister = listOf(NotInRegisterView("g", now, "TUBE0001", "李*")),
)

private fun sampling(name: String, state: SamplingState, vararg press: Pair<String, String>) =
    Shot("sampling-$name", AppState(Screen.SAMPLING, sampling = state), press.toList())

private fun staff(): List<Shot> = listOf(
    Shot("staff", AppState(Screen.STAFF)),
    Shot("enrol-station", AppState(Screen.ENROL_STATION)),
    sampling("session", SamplingState(Reality.status)),
    sampling("scan-tube", tube.copy(tube = null, tubes = emptyList())),
    sampling("ready", tube),
    sampling("registered", tube.copy(verdict = SamplingVerdict(1, Reality.registered))),
    sampling("cautions", tube.copy(verdict = SamplingVerdict(1, Reality.registered.copy(cautions = cautions)))),
    sampling("refused", tube.copy(verdict = SamplingVerdict(2, Reality.refused))),
    sampling("already", tube.copy(verdict = SamplingVerdict(3, Reality.already))),
    sampling("full", tube.copy(tube = Reality.fullTube, verdict = SamplingVerdict(4, Reality.already), banners = listOf(notice("没有网络，未能发出，扫码照常进行。请稍后再试。", "No network: nothing was sent, and scanning goes on. Try again later.", BannerKind.OFFLINE)))),
    sampling("maybe-twice", tube.copy(question = MaybeTwiceQuestion("310101198503070027", "王小明", Reality.maybeTwice.said, Reality.tube.seats.first()))),
    sampling("capacity", tube.copy(barcode = "TUBE0004")),
    sampling("card", tube.copy(card = "31010119850307002X")),
    sampling("seal", tube.copy(seal = SealState())),
    sampling(
        "seal-refused",
        tube.copy(
            seal = SealState(3u, Said("登记4人，拭子3支，数目不符。请重数，或说明原因后封管。", "4 people are registered and 3 swabs were counted. Count again, or seal with an explanation.")),
        ),
    ),
    sampling("person", tube, seat()),
    sampling("undo", tube, seat(), "撤销登记" to "Undo"),
    sampling("tools", tube.copy(status = odd), "更多操作" to "More"),
    Shot("id-card", AppState(Screen.ID_CARD, sampling = tube)),
    Shot("by-hand", AppState(Screen.BY_HAND, sampling = tube)),
    Shot("hand-over", AppState(Screen.HAND_OVER, sampling = tube)),
    Shot("upload", AppState(Screen.UPLOAD, sampling = tube.copy(status = odd, upload = UploadState(acknowledged = 31u)))),
    Shot("conflicts", AppState(Screen.CONFLICTS, sampling = tube.copy(status = odd))),
    Shot("gate-ready", AppState(Screen.GATE, door = DoorState(status = Reality.status))),
    Shot("gate-admits", AppState(Screen.GATE, door = DoorState(status = Reality.status, verdict = DoorVerdict(1, Reality.gateAdmits)))),
    Shot("gate-refuses", AppState(Screen.GATE, door = DoorState(status = Reality.status, verdict = DoorVerdict(1, Reality.gateRefuses)))),
    Shot("gate-refuses-twice", AppState(Screen.GATE, door = DoorState(status = Reality.status, verdict = DoorVerdict(2, Reality.gateRefusesTwice)))),
    Shot("manual-check-ready", AppState(Screen.MANUAL_CHECK, door = DoorState(status = Reality.status))),
    Shot("manual-check-looked-up", AppState(Screen.MANUAL_CHECK, door = DoorState(status = Reality.status, verdict = DoorVerdict(1, Reality.doorLooksUp)))),
    Shot(
        "manual-check-wants-card",
        AppState(
            Screen.MANUAL_CHECK,
            door = DoorState(status = Reality.status, wantsCard = true, verdict = DoorVerdict(1, Reality.gateRefuses.copy(signal = suima.Signal.ATTENTION, said = Said("请核对身份证，并查询健康状态。", "Compare the ID card, and look up the health status.")))),
        ),
    ),
    Shot("manual-check-card", AppState(Screen.MANUAL_CHECK, door = DoorState(status = Reality.status, card = "31010119850307002X"))),
)

private fun seat(): Pair<String, String> {
    val first = Reality.tube.seats.first()
    return "第${first.seat}位 ${first.name}" to "Place ${first.seat}: ${first.name}"
}

/** Every screen, in every state that looks different. */
val shots: List<Shot> by lazy { citizen() + family() + staff() }
