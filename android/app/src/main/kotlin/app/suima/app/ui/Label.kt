package app.suima.app.ui

import app.suima.app.model.Language
import suima.Colour
import suima.ConflictKind
import suima.Presented
import suima.Signal

/**
 * What stands on buttons and above fields and lists, Chinese first. Whatever is said about codes and people comes from the
 * core. `{}` stands for what is filled in.
 */
internal enum class Label(private val zh: String, private val en: String) {
    BACK("返回", "Back"),
    ASKING("正在联网处理…", "Asking online…"),
    READ("知道了", "OK"),
    GO_ON("继续", "Go on"),
    NOT_NOW("先不", "Not now"),

    // The ways at the foot.
    CODES("出示码", "Codes"),
    FAMILY("家人", "Family"),
    SCAN("扫一扫", "Scan"),
    MORE("更多", "More"),

    // Codes.
    PREVIOUS("上一位", "Previous person"),
    NEXT("下一位", "Next person"),
    CODE_OF("{}（{}）的{}二维码", "QR code: {3} of {1}, {2}"),
    NOW("此刻", "Now"),
    STATUS_AS_OF("状态截至", "Status as of"),
    STATUS_OLD("状态已过时", "Out of date"),
    OFFLINE_UNTIL("离线可出示至", "Can be shown offline until"),
    VALID_UNTIL("有效至（含当日）", "Valid through"),
    MADE_BY("生成", "Made"),
    AS_OF("信息截至", "As of"),
    IN_DOUBT("可能已作废", "May be void"),
    NO_CODE("暂无可出示的码", "No code to show"),
    REGENERATE_CODE("重新生成核酸码", "Regenerate the nucleic-acid code"),
    REGENERATE("重新生成", "Regenerate"),
    SAVE_PICTURE("存为图片", "Save picture"),
    REGENERATING("正在重新生成…", "Regenerating…"),
    REFRESH("联网刷新", "Refresh online"),
    REFRESHING("正在刷新…", "Refreshing…"),
    CHECK_PICTURE("查验已存的图片", "Check a saved picture"),
    CHOOSE_PICTURE("选择图片", "Choose a picture"),
    CHECK_PICTURE_HOW("从相册选一张核酸码图片，看它现在是否有效。", "Choose a picture of a nucleic-acid code to see whether it still counts."),
    NEWS("新消息", "News"),
    NEWS_COUNT("{}条新消息", "News: {}"),
    REMINDERS("提醒", "Reminders"),
    NO_REMINDERS("没有提醒。", "No reminders."),
    NO_NEWS("没有新消息。", "No news."),

    // Enrolling.
    ENROL_STATION("开通工作设备", "Enrol this station"),
    ENROL_HOW("请输入收到的激活码。", "Enter the activation code you were given."),
    ACTIVATION_CODE("激活码", "Activation code"),

    // Family.
    ADD_RELATIVE("添加亲属", "Add a relative"),
    ADD("添加", "Add"),
    KNOWN_RELATIVES("登记的家人", "Relatives in the register"),
    ASK_ADULT("请求成年亲属同意", "Ask an adult relative"),
    DOCUMENT("对方的证件号", "Their document number"),
    FULL_NAME("对方的姓名", "Their full name"),
    SEND_ASK("发送请求", "Send the request"),
    ASK_SENT("已提交给{}的请求。答复截止{}。", "The request to {} is on its way. Answer by {}."),
    REDEEM("输入一次性码", "Enter the one-time code"),
    ONE_TIME_CODE("对方告诉您的八位数字", "The eight digits they told you"),
    ADDED("已添加：{}", "Added: {}"),
    HELD("已在本机", "On this phone"),
    NOT_HELD("未添加", "Not added"),
    WHO_HOLDS("谁持有此码", "Who holds this code"),
    CONSENT("谁请求持有我的码", "Who asks to hold my codes"),
    NOBODY_ASKS("没有待答复的请求。", "No requests to answer."),
    CODE_UNTIL("核酸码有效至{}", "Nucleic-acid code until {}"),
    END_TITLE("停用亲属随申码", "End a relative code"),
    NO_HOLDERS("除本人外没有人持有。", "Nobody else holds it."),
    END_HOLDING("停用", "End it"),
    REMOVE_HERE("从本机移除", "Remove from this phone"),
    HISTORY("核酸码生成记录", "Nucleic-acid codes made"),
    MADE_LINE("{} 由{}生成", "{}, made by {}"),
    VOIDED("已作废", "void"),

    // Portals and terminals.
    CHALLENGE("确认办理", "Confirm a request"),
    CHALLENGE_HOW("请对准PC端或自助终端屏幕上的二维码。", "Point at the QR code on the portal's or the terminal's screen."),
    WAITING("等待您确认", "Waiting for you"),
    COMPARE("先核对这两位数字", "Compare these two digits first"),
    DIGITS_AGREE("数字一致", "They are the same"),
    DIGITS_DIFFER("不一致，拒绝", "They differ: decline"),
    ASKED_BY("来自", "From"),
    UNTIL("截止", "Until"),

    // Paper codes and settings.
    PAPER("离线随申码", "Paper code"),
    SERIAL("编号", "Serial"),
    DISPLAY("语言和显示", "Language and display"),
    LANGUAGE("语言", "Language"),
    SIZE("显示", "Display"),
    ORDINARY("普通", "Ordinary"),
    ELDER("长辈模式", "Large type"),
    ELDER_HOW("长辈模式：字大，内容少，按钮大。", "Large type, fewer things, bigger buttons."),
    STAFF_WORK("工作人员", "Staff"),

    // Staff.
    SAMPLING("核酸采样", "Sampling"),
    GATE("闸机", "Gate"),
    MANUAL_CHECK("人工核验", "Manual check"),
    BEGIN_SESSION("开始班次", "Begin the session"),
    SITE("地点", "Site"),
    STAFF_MEMBER("工作人员姓名", "Staff member"),
    HAND_OVER("交接班", "Hand over"),
    HAND_OVER_TO("接班人姓名", "Who takes over"),
    NOW_ON_DUTY("当前", "On duty"),
    READY("请扫码", "Scan a code"),
    SCAN_TUBE("请扫试管条码", "Scan a tube's barcode"),
    TYPE_BARCODE("或输入试管条码", "Or type the barcode"),
    OPEN("打开", "Open"),
    TUBE_LINE("试管 {}", "Tube {}"),
    TAKEN("{}/{}人", "{}/{}"),
    CAPACITY("这支试管采几人？", "For how many is this tube?"),
    PEOPLE_PER_TUBE("{}人管", "For {}"),
    SEAT_OF("第{}位 {}", "Place {}: {}"),
    FREE("空", "free"),
    PERSON_IN_TUBE("本管第{}位", "Place {} in the tube"),
    SHOWN("出示", "Shown"),
    REGISTERED_AT("登记时间", "Registered at"),
    UNDO("撤销登记", "Undo"),
    UNDO_WHY("为什么撤销？", "Why undo?"),
    WRONG_SCAN("误扫", "Scanned by mistake"),
    LEFT("本人离开，未采样", "Left without a swab"),
    SAME_PERSON("与另一位是同一人", "The same person twice"),
    MOVE("移到试管 {}", "Move to tube {}"),
    WRONG_TUBE("拭子放错试管", "Swab in the wrong tube"),
    ID_CARD("身份证", "ID card"),
    BY_HAND("手工登记", "By hand"),
    BY_HAND_HOW("用于不在登记册中的人，如访客、婴儿。", "For people who are not in the register, such as visitors and infants."),
    ID_NUMBER("身份证号", "ID number"),
    CARD_NAME("证件上的姓名", "Name on the card"),
    NAME("姓名", "Name"),
    DOCUMENT_IF_ANY("证件号（如有）", "Document number, if any"),
    CONTACT("联系方式", "Contact"),
    REGISTER("登记", "Register"),
    LOOK_UP("查询", "Look up"),
    MAYBE_TWICE("可能是同一人", "Maybe the same person"),
    DIFFERENT_PEOPLE("不是同一人，登记", "Somebody else: register"),
    IS_SAME_PERSON("是同一人，不登记", "The same: do not register"),
    SEAL("封管", "Seal"),
    SWABS("数一数拭子", "Count the swabs"),
    REGISTERED_HERE("已登记{}人", "{} registered"),
    EXPLANATION("数目不符的说明", "Why the numbers differ"),
    DELETE_DIGIT("删去一位", "Delete a digit"),
    UPLOAD("上传", "Upload"),
    WAITING_ENTRIES("{}条待上传", "{} to upload"),
    NOTHING_WAITS("没有待上传的登记。", "Nothing waits to be uploaded."),
    ACKNOWLEDGED("本次已送达{}条", "{} acknowledged"),
    CONFLICTS("需要处理", "To look into"),
    CONFLICT_COUNT("{}条需要处理", "{} to look into"),
    NO_CONFLICTS("没有需要处理的登记。", "Nothing to look into."),
    NOT_IN_REGISTER("登记册中没有此人", "Not in the register"),
    SYNC("同步名单", "Sync lists"),
    LISTS_AS_OF("名单截至", "Lists as of"),
    NEVER_SYNCED("尚未同步", "never synced"),
    BORN("{}年生", "born {}"),
    VALIDITY_NOT_CHECKED("是否作废未核对", "not checked whether void"),
    NTH_SCAN("第{}次扫码", "Scan {}"),
    COMPARE_CARD("核对身份证", "Compare the ID card"),
    TOOLS("更多操作", "More"),
    ;

    /** The label in this language, with [values] in their places: `{}` in order, `{n}` by number. */
    fun text(language: Language, vararg values: Any): String {
        var text = language.of(zh, en)
        values.forEachIndexed { i, value ->
            val numbered = "{${i + 1}}"
            text = if (numbered in text) text.replace(numbered, "$value") else text.replaceFirst("{}", "$value")
        }
        return text
    }
}

/** A colour of a live code, in a word. */
internal val Colour.label: Labelled
    get() = when (this) {
        Colour.GREEN -> Labelled("绿码", "Green")
        Colour.YELLOW -> Labelled("黄码", "Yellow")
        Colour.RED -> Labelled("红码", "Red")
    }

/** What to do, in a word that is read at two metres. */
internal fun Signal.word(atDoor: Boolean): Labelled = when (this) {
    Signal.ADMIT -> if (atDoor) Labelled("通行", "PASS") else Labelled("已登记", "DONE")
    Signal.REFUSE -> if (atDoor) Labelled("不通行", "STOP") else Labelled("不接受", "NO")
    Signal.ATTENTION -> Labelled("请核对", "CHECK")
}

/** What was shown. */
internal val Presented.label: Labelled
    get() = when (this) {
        Presented.NUCLEIC_ACID -> Labelled("核酸码", "nucleic-acid code")
        Presented.PAPER -> Labelled("离线随申码", "paper code")
        Presented.LIVE -> Labelled("随申码", "live code")
        Presented.RELATIVE -> Labelled("亲属随申码", "relative code")
        Presented.ID_CARD -> Labelled("身份证", "ID card")
    }

/** What is at odds. */
internal val ConflictKind.label: Labelled
    get() = when (this) {
        ConflictKind.SAME_ID_OTHER_CONTENT -> Labelled("同一登记有两种内容", "One entry with two contents")
        ConflictKind.TUBE_ON_TWO_STATIONS -> Labelled("一管用于两台设备", "One tube on two stations")
        ConflictKind.PERSON_IN_TWO_TUBES -> Labelled("一人在两管", "One person in two tubes")
        ConflictKind.PERSON_TWICE_IN_TUBE -> Labelled("一人在同管两次", "One person twice in a tube")
    }

/** A word that belongs to a value of the core. */
internal data class Labelled(private val zh: String, private val en: String) {
    /** In this language. */
    fun text(language: Language): String = language.of(zh, en)
}
