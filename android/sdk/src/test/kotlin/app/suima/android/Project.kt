package app.suima.android

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.w3c.dom.Document
import org.w3c.dom.Element
import org.w3c.dom.Node

/** The files of the Gradle project, as they are checked where no Android SDK is. */
object Project {
    /** The folder `android`. */
    val root = File(System.getProperty("suima.android"))

    val app = File(root, "app/src/main")

    fun text(path: String): String = File(root, path).readText()

    fun xml(file: File): Document =
        DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }.newDocumentBuilder().parse(file)

    fun resource(path: String): Document = xml(File(app, "res/$path"))

    fun manifest(): Document = xml(File(app, "AndroidManifest.xml"))

    /** The version of this name in the catalogue of Gradle. */
    fun version(name: String): String = found(Regex("(?m)^$name = \"([^\"]+)\""), text("gradle/libs.versions.toml"))

    fun found(pattern: Regex, text: String): String =
        checkNotNull(pattern.find(text)) { "nothing like $pattern" }.groupValues[1]
}

/** The elements of this name. */
fun Document.all(name: String): List<Element> =
    getElementsByTagName(name).let { found -> List(found.length) { found.item(it) as Element } }

/** The one element of this name. */
fun Document.one(name: String): Element = all(name).single()

/** The elements of this name directly within. */
fun Element.children(name: String): List<Element> = List(childNodes.length) { childNodes.item(it) }
    .filter { it.nodeType == Node.ELEMENT_NODE && it.nodeName == name }
    .map { it as Element }

/** An attribute of Android's; "" where there is none. */
fun Element.android(name: String): String = getAttributeNS("http://schemas.android.com/apk/res/android", name)
