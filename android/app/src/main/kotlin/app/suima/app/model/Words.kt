package app.suima.app.model

import suima.Relation
import suima.Said

/** The languages of the app. */
enum class Language {
    ZH,
    EN,
    ;

    /** Whichever of the two is in this language. */
    fun of(zh: String, en: String): String = when (this) {
        ZH -> zh
        EN -> en
    }
}

/** The sentence in this language. */
fun Said.text(language: Language): String = language.of(zh, en)

/**
 * The app's own labels. Verdicts, warnings and whatever else is said about codes come from the core as [Said], and
 * are not in here.
 */
enum class Words(private val zh: String, private val en: String) {
    LIVE_CODE("随申码", "Live code"),
    NUCLEIC_ACID_CODE("核酸码", "Nucleic-acid code"),

    ONESELF("本人", "Myself"),
    CHILD("孩子", "Child"),
    WARD("被监护人", "Ward"),
    RELATIVE("亲属", "Relative"),

    AGREE("同意", "Agree"),
    DECLINE("不同意", "Decline"),
    CANCEL("取消", "Cancel"),

    ENROL("开通本机", "Enrol this phone"),
    GO_ONLINE("联网刷新", "Go online"),
    TRY_AGAIN("再试一次", "Try again"),
    REOPEN("重新打开", "Open again"),
    FETCH_HELP("请联系负责人", "Fetch whoever answers for this station"),
    REPORT("报告问题", "Report a fault"),

    WIPED(
        "本机保存的内容已无法打开，已清空。请重新开通本机。",
        "What this phone kept could not be opened any more and was emptied. Enrol this phone again.",
    ),
    SAVED("已存入相册。", "Saved to the album."),
    NOT_SAVED("没有存入相册，请检查存储空间和权限。", "Not saved to the album. Check space and permissions."),
    FAULT("程序出错，请报告。", "The program has a fault. Please report it."),
    NO_CODE_IN_PICTURE("图片里没有找到码，请换一张。", "No code was found in the picture. Choose another."),
    ;

    /** The label in this language. */
    fun text(language: Language): String = language.of(zh, en)

    /** The label as a sentence, for a [Banner]. */
    val said: Said get() = Said(zh, en)
}

/** What a person is to the user, in a word. */
val Relation.word: Words
    get() = when (this) {
        Relation.ONESELF -> Words.ONESELF
        Relation.CHILD -> Words.CHILD
        Relation.WARD -> Words.WARD
        Relation.RELATIVE -> Words.RELATIVE
    }

/** The label of the button. */
val Remedy.word: Words
    get() = when (this) {
        Remedy.ENROL -> Words.ENROL
        Remedy.GO_ONLINE -> Words.GO_ONLINE
        Remedy.TRY_AGAIN -> Words.TRY_AGAIN
        Remedy.REOPEN -> Words.REOPEN
        Remedy.FETCH_HELP -> Words.FETCH_HELP
        Remedy.REPORT -> Words.REPORT
    }
