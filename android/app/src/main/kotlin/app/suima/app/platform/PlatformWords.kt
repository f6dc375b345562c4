package app.suima.app.platform

import app.suima.app.model.Language

/** What the app says outside of its screens: in the system's settings, on a locked screen, over the camera. */
enum class PlatformWords(private val zh: String, private val en: String) {
    REMINDERS("到期提醒", "Reminders"),
    NEWS("码的变动", "Changes to your codes"),
    SOMETHING_TO_READ("有新消息，打开应用查看。", "There is news. Open the app to read it."),

    WHY_CAMERA("扫码需要使用相机。", "The camera is needed to scan codes."),
    ALLOW("允许", "Allow"),
    NO_CAMERA("本机没有可用的相机，请用扫码枪或手工输入。", "This phone has no camera for this. Use a scanner, or type."),
    CAMERA_BUSY("相机没有响应，可能正被其他应用使用。", "The camera does not answer. Another app may be using it."),
    TORCH_ON("开灯", "Light on"),
    TORCH_OFF("关灯", "Light off"),
    ;

    /** In this language. */
    fun text(language: Language): String = language.of(zh, en)
}
