import Suima

/// The shell's own words: labels and headings, Chinese first. Whatever is said about codes comes from the core.
public enum Word: String, CaseIterable, Sendable {
    // Everywhere.
    case appName = "随码|Suima"
    case cancel = "取消|Cancel"
    case close = "关闭|Close"
    case tryAgain = "重试|Try again"
    case refresh = "更新|Refresh"
    case working = "请稍候|Please wait"
    case fault = "出了故障，请联系客服|Something is broken: please report it"
    case notUnlocked = "请先解锁手机|Unlock the phone first"
    case name = "姓名|Name"
    case idNumber = "身份证号|ID number"
    case document = "证件号|Document number"
    case next = "继续|Continue"
    case agree = "同意|Agree"
    case decline = "不同意|Decline"
    case asOf = "信息截至|As of"
    case statusOld = "状态已过时|Status out of date"
    case until = "有效至|Valid until"

    // Enrolment.
    case enrolHeading = "绑定本机|Set up this phone"
    case activationCode = "激活码|Activation code"
    case enrol = "绑定|Set up"
    case enrolAnyway = "继续绑定|Go on"
    case wiped = "本机数据无法恢复，请重新绑定|What was kept here cannot be read: set up again"

    // Codes.
    case codes = "出示|Codes"
    case liveCode = "随申码|Live code"
    case relativeCode = "亲属随申码|Relative code"
    case nucleicAcidCode = "核酸码|Sampling code"
    case paperCode = "离线随申码|Paper code"
    case oneself = "本人|You"
    case child = "子女|Your child"
    case ward = "被监护人|Your ward"
    case relative = "亲属|Your relative"
    case green = "绿码|Green"
    case yellow = "黄码|Yellow"
    case red = "红码|Red"
    case regenerate = "重新生成|Make a new one"
    case regenerateAgree = "重新生成，旧码作废|Make it, void the old one"
    case keepOld = "不，保留旧码|No, keep the old one"
    case savePicture = "保存到相册|Save picture"
    case savedPicture = "已保存到相册|Saved to Photos"
    case albumRefused = "未获相册权限：请到“设置”中允许|Photos is not allowed: allow it in Settings"
    case checkPicture = "查验图片|Check a picture"
    case noCodeInPicture = "图片中没有找到码|No code was found in the picture"
    case captured = "屏幕正在录制或投射，码已隐藏|The screen is recorded or mirrored: the code is hidden"

    // Family.
    case family = "家人|Family"
    case addRelative = "添加家人|Add somebody"
    case hold = "添加|Add"
    case askAdult = "请成年人同意|Ask an adult"
    case ask = "发出请求|Ask"
    case oneTimeCode = "八位同意码|Eight-digit code"
    case redeem = "添加此人|Add this person"
    case asked = "可答复至|They can answer until"
    case redeemed = "已添加|Added"
    case consent = "谁想添加我|Who asks me"
    case tellCode = "只把这个码告诉对方|Tell them this code, and nobody else"
    case holders = "谁有这个码|Who holds this code"
    case thisPhone = "本机|This phone"
    case endHolding = "解除|End"
    case history = "生成记录|Made"
    case noHolders = "没有别人|Nobody else"

    // Challenges.
    case scanChallenge = "扫一扫|Scan"
    case compareDigits = "请核对数字|Compare the digits"
    case waiting = "等您答复|Waiting for you"

    // News, reminders, settings.
    case paper = "纸质码|Paper codes"
    case reminders = "提醒|Reminders"
    case news = "消息|News"
    case nothing = "暂无|Nothing"
    case settings = "设置|Settings"
    case languageHeading = "语言|Language"
    case languageName = "中文|English"
    case elder = "长辈模式（大字）|Large and simple"
    case staffMode = "工作人员|Staff"
    case noteChallenge = "有一项操作等您在手机上确认|Something waits to be confirmed on this phone"
    case noteAsk = "有人请求添加您的码|Somebody asks to hold your code"
    case noteLiveEnds = "随申码需要联网更新|The live code needs the network soon"
    case noteNucleicAcidEnds = "核酸码即将到期|The sampling code ends soon"
    case notePaperEnds = "离线随申码即将到期|The paper code ends soon"

    // Verdicts.
    case admitted = "通过|Yes"
    case refused = "不通过|No"
    case attention = "请留意|Wait"

    // Staff.
    case session = "上岗|Session"
    case site = "采样点|Site"
    case staffMember = "工号|Staff number"
    case begin = "开始|Begin"
    case tube = "试管|Tube"
    case barcode = "试管条码|Tube barcode"
    case capacity = "几人一管|How many to a tube"
    case openTube = "开管|Open the tube"
    case openBeside = "另开一管|Open one more"
    case scan = "扫码|Scan"
    case scannerInput = "扫码枪输入|Scanner gun"
    case idCard = "身份证|ID card"
    case byHand = "手工登记|By hand"
    case contact = "联系方式|Contact"
    case register = "登记|Register"
    case sameQuestion = "可能是同一人？|The same person?"
    case somebodyElse = "不是同一人，登记|Somebody else: register"
    case samePerson = "是同一人|The same person"
    case undo = "撤销|Undo"
    case move = "移到另一管|Move to another tube"
    case reason = "原因|Reason"
    case seal = "封管|Seal"
    case swabs = "拭子数|Swabs"
    case explanation = "说明（数目不符时）|Explanation, where it differs"
    case sealed = "已封管|Sealed"
    case handOver = "交班|Hand over"
    case upload = "上传|Upload"
    case waitingUpload = "待上传|Waiting for upload"
    case conflicts = "待核实|To look into"
    case gate = "闸机|Gate"
    case manualCheck = "人工核验|Manual check"
    case nextPerson = "下一位|Next person"
    case showIdCard = "请出示身份证|ID card, please"
    case sync = "同步|Sync"
    case empty = "空位|Free"
    case conflictSameId = "同一记录内容不同|One entry, two contents"
    case conflictTwoStations = "同一试管在两台设备上|One tube on two stations"
    case conflictTwoTubes = "同一人在两管|One person in two tubes"
    case conflictTwiceInTube = "同一人在一管中两次|One person twice in a tube"
    case notInRegister = "登记册中无此身份证|ID card not in the register"

    /// In both languages.
    public var said: Said {
        let parts = rawValue.split(separator: "|", maxSplits: 1).map(String.init)
        return Said(zh: parts[0], en: parts[parts.count - 1])
    }

    public func text(in language: Language) -> String {
        language.text(said)
    }
}

extension Word {
    /// What a person is to the user.
    public init(_ relation: Relation) {
        switch relation {
        case .oneself: self = .oneself
        case .child: self = .child
        case .ward: self = .ward
        case .relative: self = .relative
        }
    }

    /// A health colour, which is never shown without its word.
    public init(_ colour: Colour) {
        switch colour {
        case .green: self = .green
        case .yellow: self = .yellow
        case .red: self = .red
        }
    }

    /// What was shown to a station.
    public init(_ presented: Presented) {
        switch presented {
        case .nucleicAcid: self = .nucleicAcidCode
        case .paper: self = .paperCode
        case .live: self = .liveCode
        case .relative: self = .relativeCode
        case .idCard: self = .idCard
        }
    }

    /// How an entry is at odds with another.
    public init(_ conflict: ConflictKind) {
        switch conflict {
        case .sameIdOtherContent: self = .conflictSameId
        case .tubeOnTwoStations: self = .conflictTwoStations
        case .personInTwoTubes: self = .conflictTwoTubes
        case .personTwiceInTube: self = .conflictTwiceInTube
        }
    }
}
