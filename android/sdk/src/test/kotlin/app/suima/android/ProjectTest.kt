package app.suima.android

import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class ProjectTest {
    @Test
    fun `Gradle builds with the versions that were tested here`() {
        val bindings = Project.text("../bindings/kotlin/pom.xml")
        val here = Project.text("sdk/pom.xml")
        for ((name, pom) in listOf("kotlin" to bindings, "coroutines" to bindings, "jna" to bindings, "zxing" to here)) {
            assertEquals(Project.found(Regex("<$name\\.version>([^<]+)<"), pom), Project.version(name), name)
        }
    }

    @Test
    fun `library and app run on the same phones`() {
        for (module in listOf("sdk", "app")) {
            val build = Project.text("$module/build.gradle.kts")
            assertEquals("26", Project.found(Regex("minSdk = (\\d+)"), build), module)
            assertEquals("36", Project.found(Regex("compileSdk = (\\d+)"), build), module)
        }
    }

    @Test
    fun `the app takes the libraries that are built for phones, and no others`() {
        val filters = Project.found(Regex("abiFilters \\+= listOf\\(([^)]*)\\)"), Project.text("app/build.gradle.kts"))
        val built = Regex("folder: \"([^\"]+)\"").findAll(Project.text("../xtask/src/phones.rs"))
        assertEquals(built.map { it.groupValues[1] }.toSet(), filters.split(",").map { it.trim(' ', '"') }.toSet())
    }

    @Test
    fun `the library brings its own rules for R8, which keep JNA and the bindings`() {
        assertTrue("consumerProguardFiles(\"consumer-rules.pro\")" in Project.text("sdk/build.gradle.kts"))
        val rules = Project.text("sdk/consumer-rules.pro").lines().filterNot { it.startsWith("#") }
        val generated = Project.found(Regex("package_name = \"([^\"]+)\""), Project.text("../bindings/uniffi.toml"))
        assertTrue("-keep class com.sun.jna.** { *; }" in rules)
        assertTrue("-keep class $generated.** { *; }" in rules)
        assertTrue("-dontwarn java.awt.**" in rules)
    }

    @Test
    fun `releases are minified, so that rules that are missing are noticed`() {
        assertTrue("isMinifyEnabled = true" in Project.text("app/build.gradle.kts"))
    }

    @Test
    fun `JNA comes as an AAR and is not one of those that crash at start`() {
        assertTrue("net.java.dev.jna:jna:\${libs.versions.jna.get()}@aar" in Project.text("sdk/build.gradle.kts"))
        val (major, minor, patch) = Project.version("jna").split(".").map(String::toInt)
        assertTrue(major > 5 || minor > 18 || (minor == 18 && patch >= 1), "5.18.1 mended the race in getFieldOrder")
    }

    @Test
    fun `what the Gradle project takes from elsewhere is where it looks for it`() {
        val build = Project.text("sdk/build.gradle.kts")
        val folders = Regex("directories \\+= \"([^\"]+)\"").findAll(build).map { it.groupValues[1] }.toList()
        val (made, kept) = folders.partition { "/target/" in it }
        assertEquals(listOf("../../target/bindings/kotlin", "../../target/android/jniLibs"), made)
        assertEquals(1, kept.size)
        for (folder in kept) assertTrue(File(Project.root, "sdk/$folder").isDirectory, folder)
    }
}
