package app.suima.android

import app.suima.app.platform.CodeTile
import app.suima.app.platform.Destination
import app.suima.app.platform.RefreshJob
import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.w3c.dom.Element

class ManifestTest {
    private val application = Project.manifest().one("application")

    @Test
    fun `no backup takes a code, and no transfer to another phone`() {
        assertEquals("@xml/data_extraction_rules", application.android("dataExtractionRules"))
        assertEquals("@xml/full_backup_content", application.android("fullBackupContent"))
        val since12 = Project.resource("xml/data_extraction_rules.xml").documentElement
        val before = Project.resource("xml/full_backup_content.xml").documentElement
        val sections = since12.children("cloud-backup") + since12.children("device-transfer") + before
        assertEquals(3, sections.size)
        // As soon as something is included, nothing else is taken.
        for (section in sections) assertEquals(listOf("sharedpref settings.xml"), included(section), section.tagName)
    }

    @Test
    fun `stores lie where no backup looks, whatever its rules`() {
        val opening = Project.text("sdk/src/main/kotlin/app/suima/android/Suima.kt")
        assertTrue("File(context.noBackupFilesDir, FOLDER)" in opening)
    }

    @Test
    fun `the app asks for what it uses and nothing else`() {
        val library = Project.xml(File(Project.root, "sdk/src/main/AndroidManifest.xml"))
        val asked = (Project.manifest().all("uses-permission") + library.all("uses-permission"))
            .map { it.android("name").removePrefix("android.permission.") + it.android("maxSdkVersion") }
        val used = listOf(
            "ACCESS_NETWORK_STATE", "CAMERA", "INTERNET", "POST_NOTIFICATIONS", "RECEIVE_BOOT_COMPLETED", "VIBRATE",
            "WRITE_EXTERNAL_STORAGE28",
        )
        assertEquals(used, asked.sorted())
        assertEquals("false", application.android("usesCleartextTraffic"))
    }

    @Test
    fun `a phone without camera, autofocus or light installs the app too`() {
        val features = Project.manifest().all("uses-feature")
        assertEquals(3, features.size)
        for (feature in features) assertEquals("false", feature.android("required"), feature.android("name"))
    }

    @Test
    fun `every place that the app is opened at from outside leads to its activity`() {
        val activity = application.children("activity").single()
        val actions = activity.children("intent-filter").flatMap { it.children("action") }.map { it.android("name") }
        for (destination in Destination.entries) assertTrue(destination.action in actions, "$destination")
        assertEquals("singleTask", activity.android("launchMode"))
    }

    @Test
    fun `shortcuts open the activity at places that there are`() {
        val intents = Project.resource("xml/shortcuts.xml").all("intent")
        val places = intents.map { Destination.of(it.android("action")) }
        assertEquals(listOf(Destination.LIVE_CODE, Destination.NUCLEIC_ACID_CODE, Destination.STAFF), places)
        val build = Project.text("app/build.gradle.kts")
        val activity = application.children("activity").single().android("name")
        for (intent in intents) {
            assertEquals(Project.found(Regex("applicationId = \"([^\"]+)\""), build), intent.android("targetPackage"))
            val namespace = Project.found(Regex("namespace = \"([^\"]+)\""), build)
            assertEquals(namespace + activity, intent.android("targetClass"))
        }
    }

    @Test
    fun `the services are those of the platform layer, and only the system starts them`() {
        val services = application.children("service").associateBy { it.android("name") }
        val tile = services.getValue(named(CodeTile::class.java))
        assertEquals("android.permission.BIND_QUICK_SETTINGS_TILE", tile.android("permission"))
        val job = services.getValue(named(RefreshJob::class.java))
        assertEquals("android.permission.BIND_JOB_SERVICE", job.android("permission"))
        assertEquals("false", job.android("exported"))
        assertEquals(2, services.size)
    }

    @Test
    fun `every text of the system's is there in both languages, and every resource that is named`() {
        val chinese = Project.resource("values/strings.xml").all("string").associate { it.getAttribute("name") to it.textContent }
        val english = Project.resource("values-en/strings.xml").all("string").associate { it.getAttribute("name") to it.textContent }
        assertEquals(chinese.keys, english.keys)
        assertTrue(chinese.values.all { text -> text.any { it in '\u4e00'..'\u9fff' } })
        assertTrue(english.values.none { text -> text.any { it in '\u4e00'..'\u9fff' } })
        val files = File(Project.app, "res").walk().filter { it.extension == "xml" } + File(Project.app, "AndroidManifest.xml")
        val colours = Project.resource("values/colors.xml").all("color").map { it.getAttribute("name") }
        for (file in files) {
            for (named in Regex("\"@(string|color|drawable|mipmap|xml)/([a-z_]+)\"").findAll(file.readText())) {
                val (kind, name) = named.destructured
                val there = when (kind) {
                    "string" -> name in chinese
                    "color" -> name in colours
                    "mipmap" -> File(Project.app, "res/mipmap-anydpi/$name.xml").isFile
                    else -> File(Project.app, "res/$kind/$name.xml").isFile
                }
                assertTrue(there, "${file.name}: @$kind/$name")
            }
        }
    }

    private fun included(section: Element): List<String> =
        section.children("include").map { "${it.getAttribute("domain")} ${it.getAttribute("path")}" }

    /** As the manifest names a class of the app. */
    private fun named(type: Class<*>): String = type.name.removePrefix("app.suima.app")
}
